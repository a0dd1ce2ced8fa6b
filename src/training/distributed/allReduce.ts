import type net from 'node:net';

/**
 * Sums arrays over the replicas of a training. Each sends its own to each other, straight, and adds all up in the same
 * order: so all come to the same sums, bit for bit, in half the time that a round by way of their parent takes.
 */
export class Exchange {
  private readonly rank: number;
  /** By rank; none for our own. */
  private readonly peers: readonly (Peer | undefined)[];

  /** Of a replica of this rank, with the sockets to the others by theirs. */
  constructor(rank: number, sockets: readonly (net.Socket | undefined)[]) {
    this.rank = rank;
    this.peers = sockets.map(socket => socket && new Peer(socket));
  }

  /** The sum of what all of them give, of the same length; `meanwhile` is done while it is on its way. */
  async sum(own: Float32Array, meanwhile: () => void): Promise<Float32Array> {
    const bytes = Buffer.from(own.buffer, own.byteOffset, own.byteLength);
    const given = Promise.all(this.peers.map(peer => peer?.give(bytes)));
    setImmediate(meanwhile);
    const parts: Float32Array[] = [];
    for (const [rank, peer] of this.peers.entries())
      parts[rank] = peer ? new Float32Array((await peer.take(own.byteLength)).buffer) : own;
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
