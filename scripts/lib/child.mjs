// Child processes that end with us: each leads a process group of its own, which is killed as a whole.
import { spawn, spawnSync } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from './step.mjs';

const windows = process.platform === 'win32';
const running = new Set();
let ending = false;

/** Kills a child and all that it started. */
export function killTree(child, signal = 'SIGTERM') {
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Starts a child in a process group of its own; the group ends when this process does. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: !windows });
  if (running.size === 0) watchForTheEnd();
  running.add(child);
  const remove = () => {
    if (running.delete(child) && running.size === 0 && !ending) stopWatching();
  };
  child.once('close', remove);
  child.once('error', remove);
  return child;
}

/** Whether a signal ends this process and all children: what they leave undone is no failure. */
export const isEnding = () => ending;

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const onSignal = signal => endAll(signals[signal]);
const onExit = () => {
  for (const child of running) killTree(child, 'SIGKILL');
};

function watchForTheEnd() {
  for (const signal of Object.keys(signals)) process.on(signal, onSignal);
  process.on('exit', onExit);
}

/** Without children, signals do again what they did before. */
function stopWatching() {
  for (const signal of Object.keys(signals)) process.off(signal, onSignal);
  process.off('exit', onExit);
}

/** Gives the children three seconds to end in order; leaving through 'exit' then kills the rest. */
function endAll(code) {
  if (ending) return;
  ending = true;
  for (const child of running) killTree(child);
  const deadline = Date.now() + 3000;
  setInterval(() => {
    if (running.size === 0 || Date.now() > deadline) process.exit(code);
  }, 50);
}

/**
 * Runs a program to its end and resolves with what it printed to stdout.
 * `show` lets it print for itself, with 'stderr' only there; `timeout` (ms) ends it.
 * Rejects with what it printed last when it fails.
 */
export function run(command, args, { show = false, timeout, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const output = show === 'stderr' ? [2, 2] : show ? ['inherit', 'inherit'] : ['pipe', 'pipe'];
    const child = start(command, args, { ...options, stdio: ['ignore', ...output] });
    let out = '';
    let all = '';
    let late = false;
    const timer =
      timeout &&
      setTimeout(() => {
        late = true;
        killTree(child, 'SIGKILL');
      }, timeout);
    child.stdout?.on('data', data => {
      out += data;
      all += data;
    });
    child.stderr?.on('data', data => {
      all += data;
    });
    child.once('error', error => {
      clearTimeout(timer);
      reject(new Problem(`${path.basename(command)} could not be started: ${error.message}.`));
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (ending) return; // nobody goes on from here
      if (code === 0) return resolve(out);
      const how = late
        ? `did not end within ${timeout / 1000} s`
        : signal
          ? `was ended by ${signal}`
          : `ended with exit code ${code}`;
      const said = all.trim().split('\n').slice(-40).join('\n');
      const problem = new Problem(`${path.basename(command)} ${args[0] ?? ''} ${how}${said && `:\n${said}`}`);
      reject(Object.assign(problem, { code, signal, late, output: all }));
    });
  });
}

/** The full path of the first of these programs that is on PATH. */
export async function findProgram(...names) {
  const endings = windows ? (process.env.PATHEXT ?? '.EXE;.CMD').split(';') : [''];
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)) {
      for (const ending of endings) {
        const file = path.join(folder, name + ending);
        if (
          await access(file, constants.X_OK).then(
            () => true,
            () => false,
          )
        )
          return file;
      }
    }
  }
}

/** Runs npm: the one that runs this script, else the one on PATH; with `node`, on that Node. */
export function npm(args, { node, env = process.env, ...options } = {}) {
  if (node) env = { ...env, PATH: [path.dirname(node), env.PATH].join(path.delimiter) };
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script))
    return run(node ?? process.execPath, [script, ...args], { env, ...options });
  return run(windows ? 'npm.cmd' : 'npm', args, { shell: windows, env, ...options });
}
