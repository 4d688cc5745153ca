import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseConfig } from '../../lib/config/parse.ts';
import type { StageSettings } from '../../lib/config/schema.ts';
import { DispatchesStack } from '../../lib/infra/stack.ts';

const root = resolve(import.meta.dirname, '../..');

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Synthesised {
  readonly app: App;
  readonly stack: DispatchesStack;
  /** Logical id -> resource. */
  readonly resources: Readonly<Record<string, Resource>>;
}

export const config = parseConfig({
  publication: { id: 'war', name: 'Dispatches', from: 'digest@dispatches.example', contact: 'A test.' },
  locales: ['nl', 'en'],
  digest: { hour: 7, zone: 'Europe/Amsterdam' },
  stages: { prod: { region: 'eu-central-1' } },
});

/** The stack of one stage with the feature flags of `cdk.json`, without bundling the functions: milliseconds. */
export function synthesise(settings: Partial<StageSettings> = {}): Synthesised {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const outdir = mkdtempSync(join(tmpdir(), 'dispatches-synth-'));
  try {
    const app = new App({ outdir, context: { ...context, 'aws:cdk:bundling-stacks': [] } });
    const stack = new DispatchesStack(app, 'Dispatches-test', {
      env: { region: 'eu-central-1', account: '123456789012' },
      config,
      settings: { region: 'eu-central-1', disposable: false, ...settings },
      feeds: 16,
      settingsFile: join(root, 'package.json'),
    });
    const { Resources: resources } = Template.fromStack(stack).toJSON();
    return { app, stack, resources };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

export function ofType(
  { resources }: Pick<Synthesised, 'resources'>,
  type: string,
): [id: string, resource: Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

/** The properties of all resources of a type, in the order of the template. */
export function properties(stack: Pick<Synthesised, 'resources'>, type: string): readonly Resource['Properties'][] {
  return ofType(stack, type).map(([, { Properties }]) => Properties);
}
