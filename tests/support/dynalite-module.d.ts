/** DynamoDB on loopback, in memory: https://github.com/architect/dynalite */
declare module 'dynalite' {
  import type { Server } from 'node:http';
  export default function dynalite(options?: { createTableMs?: number }): Server;
}
