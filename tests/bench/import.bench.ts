/** An import of 100,000 rows by the real command: as a whole, and killed on the way and run again. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { allSubscribers } from '../../lib/subscriptions/export-list.ts';
import { LOCALES } from '../../lib/types.ts';

const ROWS = 100_000;
const KILL_AT = 30_000;
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'dispatches-bench-'));
const list = join(folder, 'list.csv');
const rows = Array.from({ length: ROWS }, (_, n) => `reader${n}@example.org,${LOCALES[n % 7]},${n % 24},2026-05-01`);
writeFileSync(list, ['email,language,hour,confirmed_at', ...rows].join('\n'));

function newState(name: string): string {
  const state = join(folder, name);
  mkdirSync(state);
  openSqlite(join(state, 'dispatches.sqlite')).close();
  return state;
}

async function readersIn(state: string): Promise<number> {
  const { subscribers, close } = openSqlite(join(state, 'dispatches.sqlite'));
  const { length } = await Array.fromAsync(allSubscribers(subscribers));
  close();
  return length;
}

/** What the command says in the end, and after how many seconds; nothing when it was killed. */
function run(state: string, shouldDie: () => Promise<boolean> = async () => false) {
  const start = performance.now();
  const args = [join(root, 'cli/dispatches.ts'), 'subscribers', 'import', list, '--state', state];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  const watch = setInterval(async () => {
    if (await shouldDie()) child.kill('SIGKILL');
  }, 250);
  return new Promise<string>((done) =>
    child.on('close', (code) => {
      clearInterval(watch);
      done(`${((performance.now() - start) / 1000).toFixed(1)} s, exit ${code}: ${said.trim()}`);
    }),
  );
}

const whole = newState('whole');
console.log(`whole:  ${await run(whole)} ${await readersIn(whole)} readers`);
const broken = newState('broken');
console.log(
  `killed: ${await run(broken, async () => (await readersIn(broken)) > KILL_AT)} ${await readersIn(broken)} readers`,
);
console.log(`again:  ${await run(broken)} ${await readersIn(broken)} readers`);
if ((await readersIn(broken)) !== ROWS) process.exitCode = 1;
rmSync(folder, { recursive: true });
