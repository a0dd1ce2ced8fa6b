/**
 * A small seeded generator (sfc32, from PractRand), the same on every machine. `parts` name the stream: images of one
 * epoch draw from (seed, epoch, image), so that what an image gets depends neither on the batch nor on the process.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(...parts: readonly number[]) {
    let hash = 0x9e3779b9;
    const words = [0, 0, 0];
    parts.forEach((part, i) => {
      // murmur3's finaliser: neighbouring seeds must not give neighbouring streams.
      hash = Math.imul(hash ^ (part | 0) ^ Math.imul(i + 1, 0x85ebca6b), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      hash ^= hash >>> 16;
    });
    for (let i = 0; i < 3; i++) {
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
      words[i] = hash ^ (hash >>> 16);
    }
    [this.a, this.b, this.c] = words as [number, number, number];
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const t = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** A number from `low` up to, not including, `high`. */
  uniform(low: number, high: number): number {
    return low + (high - low) * (this.uint32() / 0x1_0000_0000);
  }

  /** Shuffles in place (Fisher-Yates). */
  shuffle(values: Uint32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = Math.floor((this.uint32() / 0x1_0000_0000) * (i + 1));
      const value = values[i]!;
      values[i] = values[j]!;
      values[j] = value;
    }
  }
}
