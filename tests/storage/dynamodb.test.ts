import { afterAll, beforeAll, describe } from 'vitest';
import { storesContract } from '../contract/stores.ts';
import { type Dynalite, startDynalite } from '../support/dynalite.ts';

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

describe('DynamoDB', () => {
  storesContract(() => dynalite.open());
});
