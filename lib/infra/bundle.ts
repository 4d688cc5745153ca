import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import type { FunctionName } from '../config/env.ts';
import { SETTINGS_FILE } from '../config/settings.ts';

const root = join(import.meta.dirname, '../..');

/** Some dependencies are CommonJS and call `require` for Node's own modules; an ES module has none. */
const REQUIRE = "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);";

/**
 * How functions are bundled: `index.mjs`, and beside it chunks, so that what is imported late is not even read before. The
 * AWS SDK is in it: its version is ours, and it starts faster than the runtime's copy.
 */
export const BUNDLE = {
  ...{ bundle: true, splitting: true, minify: true, format: 'esm', platform: 'node', target: 'node24' },
  ...{ mainFields: ['module', 'main'], banner: { js: REQUIRE }, entryNames: 'index', outExtension: { '.js': '.mjs' } },
  // Names in source maps, and with them the chunks' own, do not depend on where the output goes.
  ...{ absWorkingDir: root, outdir: root, sourcemap: true, sourcesContent: false, logLevel: 'warning' },
} as const satisfies BuildOptions;

/** What Node is told where the bundles run: stacks name our files and lines. */
export const NODE_OPTIONS = '--enable-source-maps';

/** Writes what Lambda loads of one function, with its settings, into `folder`. The same sources give the same bytes. */
export function bundleFunction(name: FunctionName, settingsFile: string, folder: string): void {
  bundle({ entryPoints: [join(root, 'functions', `${name}.ts`)] }, folder);
  copyFileSync(settingsFile, join(folder, SETTINGS_FILE));
}

/** Bundles an entry as functions are bundled, into `folder`. */
export function bundle(entry: Pick<BuildOptions, 'entryPoints' | 'stdin' | 'external'>, folder: string): void {
  const { outputFiles } = buildSync({ ...BUNDLE, ...entry, write: false });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(join(folder, basename(path)), contents);
}
