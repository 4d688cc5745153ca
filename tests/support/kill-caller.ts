import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';

/**
 * Kills the process on this machine that holds the other end of a connection, as a crash would: at once, with nothing
 * cleaned up. Linux only: it is looked up in /proc.
 * @throws when there is no such process of ours
 */
export function killCaller({ remotePort = 0, localPort = 0 }: Socket): void {
  const pid = holderOf(inodeOf(remotePort, localPort));
  if (pid === process.pid) throw new Error('The caller is this process itself.');
  process.kill(pid, 'SIGKILL');
}

/** Lines of /proc/net/tcp: number, local address:port, remote address:port (hexadecimal) ... inode in the tenth field. */
function inodeOf(from: number, to: number): string {
  const ending = (port: number) => `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n'));
  const fields = lines.map((line) => line.trim().split(/\s+/));
  const found = fields.find(([, local, remote]) => local?.endsWith(ending(from)) && remote?.endsWith(ending(to)));
  if (!found?.[9]) throw new Error(`No connection from port ${from}.`);
  return found[9];
}

function holderOf(inode: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => linksOf(`/proc/${pid}/fd`).includes(`socket:[${inode}]`));
  if (!found) throw new Error('The caller is nobody we may look at.');
  return Number(found);
}

/** Processes end while one looks, and those of others are not ours to see. */
function linksOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => readlinkSync(`${folder}/${name}`));
  } catch {
    return [];
  }
}
