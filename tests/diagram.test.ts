import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ofType, synthesise } from './infra/synth.ts';

const root = resolve(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const diagram = /```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const stack = synthesise();

/** Words in small letters that are no functions. */
const OUTSIDE = ['flowchart', 'feeds', 'ses', 'readers'];

/** Names of nodes of one shape, e.g. `[[Jobs]]`. */
const nodes = (shape: RegExp) => [...new Set([...diagram.matchAll(shape)].map((match) => match[1] ?? ''))].sort();

/** Logical ids end in a hash of eight; `JobsDead…` are where failures of `Jobs` end. */
const names = (type: string) => ofType(stack, type).map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));

describe('the diagram of the architecture', () => {
  test('has every queue of the stack and no other, and each has its dead letters', () => {
    const queues = names('AWS::SQS::Queue');
    const working = queues.filter((name) => !name.endsWith('Dead')).sort();
    expect(nodes(/\[\[(\w+)\]\]/g)).toEqual(working);
    for (const name of working) expect(queues).toContain(`${name}Dead`);
  });

  test('has every schedule and no other', () => {
    const schedules = names('AWS::Scheduler::Schedule').map((name) => name.replace(/^Schedules/, ''));
    expect(nodes(/\(\[(\w+)\]\)/g)).toEqual(schedules.sort());
  });

  test('has every function and no other', () => {
    const functions = globSync('functions/*.ts', { cwd: root }).map((file) => basename(file, '.ts'));
    const bare = diagram.replace(/\|[^|]*\||[[({]{2}.*?[\])}]{2}/g, ' ');
    const ids = new Set(bare.match(/\b[a-z]+\b/g));
    expect([...ids].filter((name) => !OUTSIDE.includes(name)).sort()).toEqual(functions.sort());
  });

  test('goes with a table of every folder of lib', () => {
    const folders = readdirSync(join(root, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of folders) expect(page).toContain(`| \`lib/${name}\` |`);
  });
});
