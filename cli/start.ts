import { main } from './main.ts';

process.exitCode = await main(['start', ...process.argv.slice(2)]);
