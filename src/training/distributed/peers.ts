import net from 'node:net';
import type { Stream } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

// How the replicas of a crew reach each other. A system with socket pairs has them inherit one for each two: no name, no file,
// so nothing is left of them however they end. On Windows they meet by named pipes, which go with the processes.

/** Descriptors 0 to 3 are the standard streams and the channel to the parent. */
const firstSocket = 4;
/** How long one waits for a pipe that is not there yet, in ms. */
const pause = 10;

/** A process that was started with further streams. */
interface Started {
  readonly streams: readonly Stream[];
  dispose(): void;
}

/** Starts so many processes, joined each to each; `start` is given the streams that each is to be started with. */
export function startJoined<T extends Started>(
  count: number,
  start: (streams: readonly (Stream | 'pipe')[]) => T,
): T[] {
  const members: T[] = [];
  for (let rank = 0; rank < count; rank++) {
    // A pair comes to be with the lower of two; the higher inherits our end of it.
    const lower = process.platform === 'win32' ? [] : members.map(({ streams }) => streams[rank - 1]!);
    const higher = new Array<'pipe'>(process.platform === 'win32' ? 0 : count - 1 - rank).fill('pipe');
    try {
      members.push(start([...lower, ...higher]));
    } catch (error) {
      // The system starts no more processes: one alone is of no use.
      for (const member of members) member.dispose();
      throw error;
    }
    // Ours would keep it open when the other one is gone.
    for (const stream of lower) (stream as net.Socket).destroy();
  }
  return members;
}

/** The sockets to all others of a crew of so many, by rank, none for our own, in a process that {@link startJoined} started. `name`: the crew's own. */
export async function joinPeers(rank: number, count: number, name: string): Promise<(net.Socket | undefined)[]> {
  if (process.platform === 'win32') return meet(`\\\\.\\pipe\\digits-${name}-`, rank, count);
  return Array.from({ length: count }, (_, peer) =>
    peer === rank ? undefined : new net.Socket({ fd: firstSocket + (peer < rank ? peer : peer - 1) }),
  );
}

/** Meets the others at addresses that begin alike: connects to all of a lower rank and waits for those of a higher one. */
export async function meet(address: string, rank: number, count: number): Promise<(net.Socket | undefined)[]> {
  const sockets: (net.Socket | undefined)[] = new Array<undefined>(count).fill(undefined);
  const server = net.createServer();
  const higher = new Promise<void>(resolve => {
    let missing = count - 1 - rank;
    if (missing === 0) resolve();
    server.on('connection', socket => {
      // Who connects says first which rank it has.
      socket.once('readable', () => {
        const [peer] = socket.read(1) as Buffer;
        sockets[peer!] = socket;
        if (--missing === 0) resolve();
      });
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address + rank, resolve));
  for (let peer = 0; peer < rank; peer++) {
    const socket = await connect(address + peer);
    socket.write(Uint8Array.of(rank));
    sockets[peer] = socket;
  }
  await higher;
  server.close();
  return sockets;
}

async function connect(address: string): Promise<net.Socket> {
  for (;;) {
    const socket = net.connect(address);
    const problem = await new Promise<NodeJS.ErrnoException | undefined>(resolve =>
      socket.once('error', resolve).once('connect', () => resolve(undefined)),
    );
    if (!problem) return socket;
    if (problem.code !== 'ENOENT' && problem.code !== 'ECONNREFUSED') throw problem;
    await wait(pause);
  }
}
