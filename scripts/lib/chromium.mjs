// The browser that shows VS Code to the tests.
import fs from 'node:fs/promises';
import { findProgram, run } from './child.mjs';
import { ALREADY_THERE, Problem } from './step.mjs';

const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The path of a Chromium on this machine: the environment's CHROMIUM, or one that is installed. */
export async function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const program = await findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  if (program) return program;
  for (const file of PLACES)
    if (
      await fs.access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
}

/** Installs Chromium where none is found and Debian's packages can be installed without a password. */
export async function ensureChromium() {
  if (await findChromium()) return ALREADY_THERE;
  const missing = 'No Chromium was found: install Chromium or Chrome, or name it in the environment variable CHROMIUM';
  if (!(await findProgram('apt-get'))) throw new Problem(`${missing}.`);
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const aptGet = (...args) => {
    const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    return run(command, rest, { timeout: 600_000 });
  };
  try {
    await aptGet('update');
    await aptGet('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
  } catch {
    throw new Problem(`${missing} (apt-get could not install it).`);
  }
  if (!(await findChromium())) throw new Problem(`${missing}.`);
}
