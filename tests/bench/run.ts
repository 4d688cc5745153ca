/** Runs every bench, one after the other: npm run bench, or npm run bench -- feeds for one. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.argv.slice(2);
const benches = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.ts'));
const chosen = benches.filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
if (chosen.length === 0) {
  console.error(`There is no bench "${wanted.join(' ')}". There are: ${benches.join(', ')}.`);
  process.exitCode = 2;
}
for (const name of chosen) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
