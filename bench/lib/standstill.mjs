// A virtual machine may be stopped for a while and go on, a laptop may sleep: what was timed meanwhile is worth nothing.

const everyMs = 200;
/** This process only waits for others, so that a timer this late tells of the machine. */
const lateMs = 3000;

/** Watches whether the machine goes on. `stop` ends that and returns the seconds that it stood still. */
export function watchStandstill() {
  let last = performance.now();
  let still = 0;
  const look = () => {
    const now = performance.now();
    if (now - last > lateMs) still += now - last;
    last = now;
  };
  const timer = setInterval(look, everyMs);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return still / 1000;
    },
  };
}
