import type net from 'node:net';

/**
 * Sums arrays over the workers of a training. Each sends its own array to every other worker directly, and all add in
 * the order of their ranks: the sums are equal bit for bit, in half the time of a round through the parent.
 */
export class AllReduce {
  private readonly peers: readonly (Peer | undefined)[];

  /** `sockets`: to every worker by its rank, undefined at our own. */
  constructor(sockets: readonly (net.Socket | undefined)[]) {
    this.peers = sockets.map(socket => socket && new Peer(socket));
  }

  /** The sum of the arrays of all workers, which have the same length. `meanwhile` runs during the exchange. */
  async sum(own: Float32Array, meanwhile: () => void): Promise<Float32Array> {
    const bytes = Buffer.from(own.buffer, own.byteOffset, own.byteLength);
    const given = Promise.all(this.peers.map(peer => peer?.give(bytes)));
    setImmediate(meanwhile);
    const parts: Float32Array[] = [];
    for (const [rank, peer] of this.peers.entries())
      parts[rank] = peer ? new Float32Array((await peer.take(own.byteLength)).buffer) : own;
    // Bytes not yet sent would wait for the kernels of our next step, and the others with them.
    await given;
    if (parts.length === 1) return own;
    const [first, ...others] = parts as [Float32Array, ...Float32Array[]];
    const sum = first.slice();
    for (const part of others) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + part[i]!;
    return sum;
  }
}

/** Another worker. If it dies, our parent notices and ends this process too. */
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

  /** Resolves once the system has taken all bytes. */
  give(bytes: Uint8Array): Promise<void> {
    return new Promise(resolve => this.socket.write(bytes, () => resolve()));
  }

  /** The next `count` bytes, once they have arrived. */
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
