#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What a Node older than ours may meet: nothing but this file, which starts the right one. */
const OURS = 24;
const PACKAGES = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];

/** The Node that came with the package, for this system; undefined when none did. */
function packaged(): string | undefined {
  const { resolve } = createRequire(import.meta.url);
  for (const name of PACKAGES) {
    try {
      return resolve(`${name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
    } catch {
      // The next, or none.
    }
  }
  return undefined;
}

if (Number(process.versions.node.split('.')[0]) >= OURS) await import('./dispatches.ts');
else {
  const node = packaged();
  if (node) {
    const program = fileURLToPath(new URL('dispatches.js', import.meta.url));
    const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
    child.once('exit', (code) => process.exit(code ?? 1));
  } else {
    process.stderr.write(`error: Dispatches needs Node ${OURS} or newer; this is ${process.version}. Install that.\n`);
    process.exitCode = 1;
  }
}
