import { main } from './main.ts';

// Whoever reads may have had enough (`| head`): what was begun goes on all the same, and its exit code counts.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2));
