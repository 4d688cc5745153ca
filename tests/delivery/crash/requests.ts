import { dynamoStores } from '../../../lib/storage/dynamodb/index.ts';
import { type Dynalite, loopbackClient } from '../../support/dynalite.ts';
import type { Plan } from './simulate.ts';

/** What the DynamoDB adapter asks for, as far as it is looked at here. */
interface Input {
  readonly Key?: { readonly pk: string; readonly sk: string };
  readonly Item?: { readonly pk: string; readonly sk: string; readonly readers?: unknown };
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
  readonly ConditionExpression?: string | undefined;
}

/** A mistake in how the ledger is written down. */
export type Rewrite = (input: Input) => Input;

/** The DynamoDB adapter with every request about the ledger an effect of its own, so that one may go wrong between two others. */
export function numbered(dynalite: Dynalite, rewrite: Rewrite = (input) => input): NonNullable<Plan['open']> {
  return async (around) => {
    const client = loopbackClient(dynalite.endpoint);
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          const input = args.input as Input;
          const { pk, sk } = input.Key ?? input.Item ?? { pk: `${input.ExpressionAttributeValues?.[':pk']}`, sk: '' };
          if (!pk.startsWith('LEDGER#') && sk !== 'LEDGER') return next(args);
          Object.assign(args.input, rewrite(input));
          return around(`${commandName} ${sk.startsWith('#') ? 'chunk' : 'ledger'}`, () => next(args));
        },
      { step: 'initialize' },
    );
    return { ...dynamoStores(client, await dynalite.createTable()), close: () => client.destroy() };
  };
}

const chunks =
  (change: (input: Input) => Input): Rewrite =>
  (input) =>
    input.Item?.readers ? change(input) : input;
const samePlace = (input: Input): Input => ({ ...input, ...(input.Item && { Item: { ...input.Item, sk: '#' } }) });
const unconditional = (input: Input): Input => ({ ...input, ConditionExpression: undefined });

export const REWRITES: Readonly<Record<string, Rewrite>> = {
  'a claim makes its row whether there is one or not': (input) =>
    input.Item && !input.Item.readers ? unconditional(input) : input,
  'a chunk of the plan is written over another': chunks((input) => unconditional(samePlace(input))),
  'a chunk of the plan is refused where there is one': chunks(samePlace),
};
