/** Polls until `look` finds something true. */
export async function until<T>(what: string, look: () => T | Promise<T>, timeout = 20_000): Promise<NonNullable<T>> {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s for ${what}.`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
