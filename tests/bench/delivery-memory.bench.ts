import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { deliver } from '../../lib/delivery/deliver.ts';
import { enqueuePlanned } from '../../lib/delivery/enqueue.ts';
import type { Delivery, Job, Switch } from '../../lib/delivery/model.ts';
import { silent } from '../../lib/log.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import { edition, message } from '../contract/samples.ts';
import { config, keys, reader, site } from '../support/newsroom.ts';

/**
 * Memory of the whole send path (ledger page by page, jobs, claim, look-up, message, send, settle) for audiences that
 * are generated, not stored, each in a process of its own. Run: node tests/bench/delivery-memory.bench.ts
 */
/** A small heap, so that the collector is not lazy: what is needed must fit, and what is not needed must go. */
const HEAP = ['--max-old-space-size=64', '--max-semi-space-size=2'];
const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const EDITION = edition();
const NOW = EDITION.dueAt;
const PAGE = 500;

const id = (n: number) => n.toString(16).padStart(32, '0');

/** A store with so many planned rows, none of which it keeps. */
function generated(readers: number) {
  const page = async (editionId: string, cursor = '0') => {
    const start = Number(cursor);
    const items = Array.from({ length: Math.min(PAGE, readers - start) }, (_, n): Delivery => {
      return { editionId, subscriberId: id(start + n), status: 'planned', at: NOW };
    });
    return { items, ...(start + PAGE < readers && { next: String(start + PAGE) }) };
  };
  const on: Switch = { state: 'on', at: NOW, home: 'here', epoch: 1, version: 1 };
  const tally = async () => ({ sent: 0, bounced: 0, complained: 0, delayed: 0 });
  return {
    deliveries: {
      page,
      plan: async () => {},
      claim: async () => true,
      settle: async () => true,
      get: async () => undefined,
    },
    sending: {
      home: async () => 'here',
      get: async () => on,
      put: async () => true,
      count: tally,
      tally,
      reserve: async () => 0,
    },
    subscribers: { get: async (key: string) => reader(Number.parseInt(key, 16), 'nl') },
    editions: {
      get: async () => ({ edition: EDITION, message: MESSAGE, status: 'planned', audience: readers }) as const,
    },
  };
}

const PART = '<p>De artillerie trof vannacht opnieuw de haven; het leger meldt gevechten langs de rivier.</p>\n';
const MESSAGE = message({
  html: [PART.repeat(700), { slot: 'unsubscribeUrl' }],
  text: [PART.repeat(80), { slot: 'unsubscribeUrl' }],
});

async function one(readers: number): Promise<void> {
  const stores = generated(readers);
  const clock = () => new Date(NOW);
  const links = createLinks({ siteUrl: site.url, keys, clock });
  let [peak, heap, sent, bytes] = [0, 0, 0, 0];
  const send = async ({ raw }: { raw: Uint8Array }) => {
    bytes = raw.length;
    sent += 1;
    if (globalThis.gc && SIZES.includes(sent)) sayWhatIsKept(sent);
    if (sent % 500 === 0) {
      const { rss, heapUsed } = process.memoryUsage();
      [peak, heap] = [Math.max(peak, rss), Math.max(heap, heapUsed)];
    }
    return { kind: 'sent', messageId: `message-${sent}` } as const;
  };
  const deps = { ...stores, transport: { send }, links, site, config, clock, log: silent };
  const enqueue = async (jobs: readonly Job[]) => {
    for (const job of jobs) await deliver({ ...deps, queue: { enqueue } }, job);
    return [];
  };
  if (globalThis.gc) sayWhatIsKept(0);
  const start = performance.now();
  await enqueuePlanned({ ...deps, queue: { enqueue } }, EDITION.id);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `  ${sent.toLocaleString('en').padStart(9)} mails of ${bytes} bytes: peak RSS ${(peak / 1e6).toFixed(0)} MB, peak heap ${(heap / 1e6).toFixed(0)} MB, ${seconds.toFixed(1)} s`,
  );
}

/** What is in use once everything that is not was collected, in the middle of the run. */
function sayWhatIsKept(sent: number): void {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const [kept, buffers] = [heapUsed, arrayBuffers].map((bytes) => (bytes / 1e6).toFixed(1));
  console.log(
    `  after ${sent.toLocaleString('en').padStart(9)} mails: ${kept} MB of heap in use, ${buffers} MB of buffers`,
  );
}

const [size] = process.argv.slice(2);
if (size) await one(Number(size));
else {
  console.log(`The send path, audience generated and streamed (node ${HEAP.join(' ')})`);
  for (const readers of SIZES) {
    const args = [...HEAP, import.meta.filename, String(readers)];
    process.stdout.write((await promisify(execFile)(process.execPath, args)).stdout);
  }
  console.log('The same without a limit, one run: what is in use after a collection');
  const args = ['--expose-gc', import.meta.filename, String(SIZES.at(-1))];
  process.stdout.write((await promisify(execFile)(process.execPath, args)).stdout);
}
