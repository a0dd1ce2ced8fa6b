/** A map in the order of use, least recently used first. `set` and {@link use} count as use, `get` does not. */
export class Lru<K, V> extends Map<K, V> {
  /** The value of a key, which becomes the most recently used. */
  use(key: K): V | undefined {
    const value = this.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  override set(key: K, value: V): this {
    this.delete(key);
    return super.set(key, value);
  }

  /** Drops the least recently used entries until at most `most` are left. */
  trim(most: number): void {
    for (const key of this.keys()) {
      if (this.size <= most) return;
      this.delete(key);
    }
  }
}
