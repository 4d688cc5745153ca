import { main } from './main.ts';

/** Node warns of a configuration beside a package.json without a type, as `npm install` makes it; it is a module all the same. */
const printers = process.listeners('warning');
process.removeAllListeners('warning').on('warning', (warning) => {
  if ('code' in warning && warning.code === 'MODULE_TYPELESS_PACKAGE_JSON') return;
  for (const print of printers) print(warning);
});

// Whoever reads may have had enough (`| head`): what was begun goes on all the same, and its exit code counts.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2));
