import type { FunctionName } from '../config/env.ts';
import { TABLE } from '../storage/dynamodb/schema.ts';

/** A right to some rows of the one table: those whose partition key (or, of an index, its key) has this form. */
export interface TableRight {
  readonly rows: readonly string[];
  readonly actions: readonly ('GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query')[];
  /** Default: the table itself. */
  readonly index?: string;
}

/**
 * Who may touch which rows. Nobody scans, only `tidy` lists readers and deletes, and addresses are seen only by those that deal with people:
 * not by `collect`, and not by `publish`, which learns who is due from an index without addresses.
 */
export const TABLE_RIGHTS: Readonly<Record<FunctionName, readonly TableRight[]>> = {
  collect: [
    { rows: ['FEEDS'], actions: ['GetItem', 'PutItem', 'Query'] },
    { rows: ['ITEMS#*'], actions: ['GetItem', 'PutItem', 'UpdateItem'] },
  ],
  publish: [
    { rows: ['FEEDS', 'APPOINTMENTS'], actions: ['Query'] },
    { rows: ['ITEMS#*'], actions: ['Query'], index: TABLE.byTime.name },
    { rows: ['DUE#*', 'EDITIONS'], actions: ['Query'], index: TABLE.listing.name },
    { rows: ['EDITION#*', 'LEDGER#*'], actions: ['GetItem', 'PutItem', 'UpdateItem', 'Query'] },
    { rows: ['SENDING'], actions: ['GetItem', 'PutItem'] },
  ],
  deliver: [
    { rows: ['EDITION#*'], actions: ['GetItem', 'UpdateItem', 'Query'] },
    { rows: ['LEDGER#*'], actions: ['GetItem', 'PutItem', 'UpdateItem', 'Query'] },
    { rows: ['READERS#*'], actions: ['GetItem'] },
    { rows: ['SENDING'], actions: ['GetItem', 'PutItem', 'UpdateItem'] },
  ],
  feedback: [
    { rows: ['LEDGER#*'], actions: ['GetItem', 'UpdateItem', 'Query'] },
    { rows: ['READERS#*'], actions: ['GetItem', 'PutItem'] },
    { rows: ['SENDING'], actions: ['GetItem', 'PutItem', 'UpdateItem'] },
    { rows: ['LIMIT#*'], actions: ['UpdateItem'] },
  ],
  tidy: [
    { rows: ['READERS#*'], actions: ['GetItem', 'PutItem', 'DeleteItem', 'Query'] },
    { rows: ['APPOINTMENTS'], actions: ['PutItem'] },
  ],
  web: [
    { rows: ['READERS#*'], actions: ['GetItem', 'PutItem'] },
    { rows: ['APPOINTMENTS'], actions: ['PutItem'] },
    { rows: ['LIMIT#*'], actions: ['UpdateItem'] },
    { rows: ['EDITION#*'], actions: ['Query'] },
    { rows: ['EDITIONS'], actions: ['Query'], index: TABLE.listing.name },
  ],
};

/** Who may ask which table this is (`DescribeTable`): from a restored one nothing is sent. */
export const IDENTIFIES = ['publish', 'deliver', 'feedback'] as const satisfies readonly FunctionName[];
