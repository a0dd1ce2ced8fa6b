import net from 'node:net';
import type { Stream } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

// How the workers of a group reach each other. Where the system has socket pairs, every two workers inherit one: without
// name or file, nothing is left behind however they end. On Windows they meet by named pipes, which end with the processes.

/** Descriptors 0 to 3 are the standard streams and the channel to the parent. */
const firstSocket = 4;
/** How long to wait before trying again to connect to a pipe that is not there yet, in ms. */
const pause = 10;

/** A process started with additional streams. */
interface Started {
  readonly streams: readonly Stream[];
  dispose(): void;
}

/** Starts `count` processes, every two of them connected. `start` gets the streams to start each with. */
export function startJoined<T extends Started>(
  count: number,
  start: (streams: readonly (Stream | 'pipe')[]) => T,
): T[] {
  const members: T[] = [];
  for (let rank = 0; rank < count; rank++) {
    // The lower rank of two opens the pair; the higher inherits our end of it.
    const lower = process.platform === 'win32' ? [] : members.map(({ streams }) => streams[rank - 1]);
    // One that was not started says so when it is asked.
    if (!lower.every(stream => stream !== undefined)) break;
    const higher = new Array<'pipe'>(process.platform === 'win32' ? 0 : count - 1 - rank).fill('pipe');
    try {
      members.push(start([...lower, ...higher]));
    } catch (error) {
      // The system starts no more processes, and an incomplete group is of no use.
      for (const member of members) member.dispose();
      throw error;
    }
    // Our copy would keep the pair open after the other end is gone.
    for (const stream of lower) (stream as net.Socket).destroy();
  }
  return members;
}

/**
 * In a process that {@link startJoined} started: the sockets to all `count` workers by rank, undefined at our own.
 * `name` identifies the group.
 */
export async function joinPeers(rank: number, count: number, name: string): Promise<(net.Socket | undefined)[]> {
  if (process.platform === 'win32') return meet(`\\\\.\\pipe\\digits-${name}-`, rank, count);
  return Array.from({ length: count }, (_, peer) =>
    peer === rank ? undefined : new net.Socket({ fd: firstSocket + (peer < rank ? peer : peer - 1) }),
  );
}

/**
 * Meets the others at addresses with a common prefix: connects to every lower rank and waits for every higher one.
 * Connections that do not introduce themselves with a missing rank are closed and ignored.
 */
export async function meet(address: string, rank: number, count: number): Promise<(net.Socket | undefined)[]> {
  const sockets: (net.Socket | undefined)[] = new Array<undefined>(count).fill(undefined);
  const server = net.createServer();
  const higher = new Promise<void>(resolve => {
    let missing = count - 1 - rank;
    if (missing === 0) resolve();
    server.on('connection', socket => {
      socket.on('error', () => undefined);
      // The first byte is the rank of the peer; there is none if it closes instead.
      socket.once('readable', () => {
        const peer = (socket.read(1) as Buffer | null)?.[0];
        if (peer === undefined || peer <= rank || peer >= count || sockets[peer]) {
          socket.destroy();
          return;
        }
        sockets[peer] = socket;
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
