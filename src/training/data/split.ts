/** Images of a data set, told apart by their index. */
export interface Split {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Sets a share of `rows` images aside for validation, the very ones that scikit-learn's
 * `train_test_split(test_size=share, random_state=seed)` sets aside, so that results compare with a notebook's. A share of 0
 * sets none aside.
 */
export function splitRows(rows: number, share: number, seed: number): Split {
  const order = numpyPermutation(rows, seed);
  // ceil, as scikit-learn does; at least one image on both sides.
  const validation = share === 0 ? 0 : Math.min(Math.max(Math.ceil(rows * share), 1), rows - 1);
  return { validation: order.slice(0, validation), training: order.slice(validation) };
}

/** What numpy's `RandomState(seed).permutation(n)` gives. */
export function numpyPermutation(n: number, seed: number): Uint32Array {
  const next = mersenneTwister(seed);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    // numpy draws below a bound by masking and rejecting.
    const mask = 0xffffffff >>> Math.clz32(i);
    let j = (next() & mask) >>> 0;
    while (j > i) j = (next() & mask) >>> 0;
    const value = order[i]!;
    order[i] = order[j]!;
    order[j] = value;
  }
  return order;
}

/** MT19937 as Matsumoto and Nishimura published it (2002), seeded by one 32-bit number. */
function mersenneTwister(seed: number): () => number {
  const n = 624;
  const m = 397;
  const state = new Uint32Array(n);
  state[0] = seed;
  for (let i = 1; i < n; i++) {
    const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
    state[i] = Math.imul(1812433253, previous) + i;
  }
  let position = n;
  return () => {
    if (position === n) {
      for (let i = 0; i < n; i++) {
        const y = (state[i]! & 0x80000000) | (state[(i + 1) % n]! & 0x7fffffff);
        state[i] = state[(i + m) % n]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      position = 0;
    }
    let y = state[position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}
