import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileError } from '../core/errors';

/**
 * Sums arrays over the replicas of a training. Each sends its own to each other, straight, and adds all up in the same
 * order: so all come to the same sums, bit for bit, in half the time that a round by way of their parent takes.
 */
export class Exchange {
  private readonly rank: number;
  private readonly server: net.Server;
  private readonly folder: string | undefined;
  /** By rank; none for our own. */
  private readonly peers: (Peer | undefined)[] = [];
  private arrived = (): void => undefined;

  private constructor(rank: number, server: net.Server, folder: string | undefined) {
    this.rank = rank;
    this.server = server;
    this.folder = folder;
  }

  /** A replica of this rank, and the address where those of a higher rank find it. */
  static async listen(rank: number): Promise<{ readonly exchange: Exchange; readonly address: string }> {
    const server = net.createServer();
    // A socket of the file system, in a folder that nobody else may enter: nothing of this is on a network.
    const folder = process.platform === 'win32' ? undefined : await makeOwnFolder();
    const exchange = new Exchange(rank, server, folder);
    server.on('connection', socket => void exchange.greet(socket));
    const address = folder === undefined ? `\\\\.\\pipe\\digits-${process.pid}` : path.join(folder, 'replica');
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address, resolve));
    return { exchange, address };
  }

  /** Connects to all of a lower rank and waits for those of a higher one. */
  async connect(addresses: readonly string[]): Promise<void> {
    for (const [rank, address] of addresses.slice(0, this.rank).entries()) {
      const socket = net.connect(address);
      await new Promise<void>((resolve, reject) => socket.once('error', reject).once('connect', resolve));
      this.peers[rank] = new Peer(socket);
      await this.peers[rank].give(Uint8Array.of(this.rank));
    }
    while (this.peers.filter(peer => peer !== undefined).length < addresses.length - 1) await new Promise<void>(resolve => (this.arrived = resolve));
    // All are here, so the way to us is needed no more.
    this.server.close();
    if (this.folder !== undefined) await fs.rm(this.folder, { recursive: true, force: true });
  }

  /** The sum of what all of them give, of the same length; `meanwhile` is done while it is on its way. */
  async sum(own: Float32Array, meanwhile: () => void): Promise<Float32Array> {
    const bytes = Buffer.from(own.buffer, own.byteOffset, own.byteLength);
    const given = Promise.all(this.peers.map(peer => peer?.give(bytes)));
    setImmediate(meanwhile);
    const parts: Float32Array[] = [];
    for (const [rank, peer] of this.peers.entries()) parts[rank] = peer ? new Float32Array((await peer.take(own.byteLength)).buffer) : own;
    parts[this.rank] = own;
    // What is not yet gone would wait for the kernels of our next step, and the others with it.
    await given;
    if (parts.length === 1) return own;
    const [first, ...others] = parts as [Float32Array, ...Float32Array[]];
    const sum = first.slice();
    for (const part of others) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + part[i]!;
    return sum;
  }

  /** Ends what it has with the others. */
  close(): void {
    for (const peer of this.peers) peer?.close();
  }

  /** Who connects says first which rank it has. */
  private async greet(socket: net.Socket): Promise<void> {
    const peer = new Peer(socket);
    const [rank] = await peer.take(1);
    this.peers[rank!] = peer;
    this.arrived();
  }
}

async function makeOwnFolder(): Promise<string> {
  const folder = path.join(os.tmpdir(), 'digits-');
  // eslint-disable-next-line no-restricted-syntax -- for a socket: nothing is read from it
  return fs.mkdtemp(folder).catch((error: unknown) => {
    throw fileError('write', `${folder}…`, error);
  });
}

/** Another replica. One that dies ends the training: whoever started us sees to that, and to us. */
class Peer {
  private readonly socket: net.Socket;
  private readonly chunks: Buffer[] = [];
  private length = 0;
  private noticed = (): void => undefined;

  constructor(socket: net.Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', chunk => {
      this.chunks.push(chunk);
      this.length += chunk.length;
      this.noticed();
    });
  }

  /** Resolves when all of it is on its way. */
  give(bytes: Uint8Array): Promise<void> {
    return new Promise(resolve => this.socket.write(bytes, () => resolve()));
  }

  close(): void {
    this.socket.destroy();
  }

  /** The next so many bytes, once they are here. */
  async take(count: number): Promise<Uint8Array> {
    while (this.length < count) await new Promise<void>(resolve => (this.noticed = resolve));
    const taken = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      const [chunk] = this.chunks as [Buffer];
      const part = chunk.subarray(0, count - at);
      taken.set(part, at);
      at += part.length;
      if (part.length === chunk.length) this.chunks.shift();
      else this.chunks[0] = chunk.subarray(part.length);
    }
    this.length -= count;
    return taken;
  }
}
