import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ofType, type Synthesised, synthesise } from './synth.ts';

const DOC = resolve(import.meta.dirname, '../../docs/security.md');
const [BEGIN, END] = ['<!-- roles: npm run docs:roles -->', '<!-- end of roles -->'];

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Every right of every role of the stack, read from its template: a line for each role and resource. */
export function roleTable(stack: Synthesised = synthesise()): string {
  const lines = ofType(stack, 'AWS::IAM::Policy').flatMap(([id, { Properties }]) => {
    const role = id.replace(/Role(DefaultPolicy)?[0-9A-F]{8}.*$/, '').replace(/DefaultPolicy[0-9A-F]{8}$/, '');
    const { Statement } = Properties.PolicyDocument as { Statement: readonly Statement[] };
    return Statement.map(
      (one) => `| ${role} | ${resources(one.Resource)} | ${actions(one.Action)} | ${conditions(one)} |`,
    );
  });
  return ['| role | on | may | only |', '|---|---|---|---|', ...lines.sort()].join('\n');
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

function actions(value: Statement['Action']): string {
  const byService = Map.groupBy(list(value), (action) => action.split(':')[0]);
  return [...byService]
    .map(
      ([service, names]) =>
        `${service}: ${names
          .map((name) => name.split(':')[1])
          .sort()
          .join(', ')}`,
    )
    .join('; ');
}

/** Logical ids without their hashes; of text what is left when ids and the ARN's frame are gone. */
function resources(value: unknown): string {
  return [...new Set(list(value).map(resource))].sort().join(', ');
}

function resource(value: unknown): string {
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value);
  const id = /"(?:Ref|Fn::GetAtt)":\[?"((?!AWS::)[A-Za-z]+?)[0-9A-F]{8}/.exec(text)?.[1] ?? 'account';
  const index = /\/index\/(\w+)/.exec(text)?.[1];
  return index ? `${id} (index ${index})` : id;
}

function conditions({ Condition = {} }: Statement): string {
  const all = Object.values(Condition).flatMap((one) => Object.entries(one));
  return all.map(([key, value]) => `${key}: ${list(value).join(', ')}`).join('; ') || '';
}

/** The table as the handbook has it. */
export function writtenTable(): string {
  const [, after = ''] = readFileSync(DOC, 'utf8').split(BEGIN);
  return (after.split(END)[0] ?? '').trim();
}

if (import.meta.main) {
  const text = readFileSync(DOC, 'utf8');
  const [before = '', after = ''] = text.split(BEGIN);
  writeFileSync(DOC, `${before}${BEGIN}\n\n${roleTable()}\n\n${END}${after.split(END)[1] ?? ''}`);
}
