import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Writes `dist/`, what `npm pack` packs: Node runs no TypeScript under `node_modules`, so the package holds the same tree as
 * JavaScript, with the files that the program reads beside it.
 */
const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'build')], {
  stdio: 'inherit',
});
const beside = globSync('{cli,lib,templates}/**/*.{json,css,js,mjml}', { cwd: root });
for (const file of [...beside, 'package.json', 'feeds.opml']) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  copyFileSync(join(root, file), join(dist, file));
}
chmodSync(join(dist, 'cli/bin.js'), 0o755);
