// Programs that print one JSON object a line: Digits's command line, and the peers of bench/peers.
import readline from 'node:readline';
import { isEnding, start } from '../../scripts/lib/child.mjs';
import { Problem } from '../../scripts/lib/step.mjs';
import { watchMemory } from './memory.mjs';

/**
 * Starts a program. Each object gets `at`, the seconds since the start, and an `epoch` event also `memory`, the most
 * bytes since the one before. `ended` resolves with all of them and the peak memory, or rejects with what the program
 * said last. `ask` sends a line and resolves with the next object; without a line it waits for that object.
 */
export function startJson(command, args, { onEvent, env = process.env } = {}) {
  const began = performance.now();
  const child = start(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
  const memory = watchMemory(child.pid);
  const events = [];
  let waiting;
  let said = '';
  const note = text => {
    said = (said + text).slice(-4000);
  };
  child.stderr.on('data', note);
  // A program that has ended takes no more lines; its end is told by `ended`.
  child.stdin.on('error', () => undefined);
  readline.createInterface({ input: child.stdout }).on('line', line => {
    if (!line.startsWith('{')) return note(`${line}\n`);
    const event = { ...JSON.parse(line), at: (performance.now() - began) / 1000 };
    if (event.event === 'epoch') event.memory = memory.takePeak();
    events.push(event);
    onEvent?.(event);
    waiting?.(event);
  });

  const ended = new Promise((resolve, reject) => {
    const fail = message => {
      memory.stop();
      reject(new Problem(message));
    };
    child.once('error', error => fail(`${command} could not be started: ${error.message}`));
    child.once('close', (code, signal) => {
      if (isEnding()) return; // nobody goes on from here
      if (code !== 0) return fail(`It ended ${signal ? `by ${signal}` : `with exit code ${code}`}:\n${reason(said)}`);
      memory.stop();
      resolve({ events, peakMemory: memory.peak() });
    });
  });
  // Told to whoever asks next.
  ended.catch(() => undefined);
  const next = () =>
    new Promise((resolve, reject) => {
      waiting = resolve;
      ended.then(() => reject(new Problem('It ended before it answered.')), reject);
    });
  return {
    ended,
    ask: line => {
      const answer = next();
      if (line !== undefined) child.stdin.write(`${line}\n`);
      return answer;
    },
    /** Ends a program that waits for lines, and waits until it has ended. */
    close: () => {
      child.stdin.end();
      return ended;
    },
  };
}

/** Of what a program said before it failed: the last error and a few lines of where it was, or the last lines. */
function reason(said) {
  const lines = said.trim().split('\n');
  const error = lines.findLastIndex(line => /^\w*Error\b/.test(line));
  return (error < 0 ? lines.slice(-6) : lines.slice(error, error + 4)).join('\n');
}

/** Runs a program that asks nothing to its end. */
export function runJson(command, args, options) {
  return startJson(command, args, options).close();
}
