// How much memory a process and all that it started occupy, from Linux's /proc; nothing is known elsewhere.
import fs from 'node:fs';

const read = file => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return ''; // the process has ended
  }
};

/** Resident bytes of a process and its descendants. Pages that they share count in each. */
function treeBytes(pid) {
  const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children.reduce((bytes, child) => bytes + treeBytes(child), own);
}

/**
 * Looks at a process tree four times a second until `stop`. `takePeak` returns the most bytes since it was last
 * called, `peak` the most of all; undefined where nothing is known.
 */
export function watchMemory(pid) {
  let peak = 0;
  let latest = 0;
  const look = () => {
    const bytes = treeBytes(pid);
    peak = Math.max(peak, bytes);
    latest = Math.max(latest, bytes);
  };
  const timer = process.platform === 'linux' && pid !== undefined ? setInterval(look, 250) : undefined;
  return {
    peak: () => peak || undefined,
    takePeak: () => {
      const bytes = latest || undefined;
      latest = 0;
      return bytes;
    },
    stop: () => clearInterval(timer),
  };
}
