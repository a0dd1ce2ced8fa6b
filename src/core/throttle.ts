/** Lets something happen a few times a second at most. */
export class Throttle {
  private last = -Infinity;

  run(action: () => void): void {
    const now = performance.now();
    if (now - this.last < 150) return;
    this.last = now;
    action();
  }
}
