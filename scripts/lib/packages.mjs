// The npm packages of package-lock.json.
import fs from 'node:fs/promises';
import path from 'node:path';
import { npm } from './child.mjs';
import { inRoot, root } from './paths.mjs';
import { ALREADY_THERE } from './step.mjs';

const readJson = async file => JSON.parse(await fs.readFile(file, 'utf8'));

/** Runs `npm ci` where node_modules is not what package-lock.json says. */
export async function ensurePackages() {
  const fresh = await upToDate();
  if (!fresh) await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
  await linkCommand();
  return fresh ? ALREADY_THERE : undefined;
}

/** npm keeps a record of what it installed: that tells more than a mark of our own, as after `npm install NAME`. */
async function upToDate() {
  try {
    const wanted = (await readJson(inRoot('package-lock.json'))).packages;
    const installed = (await readJson(inRoot('node_modules/.package-lock.json'))).packages;
    return Object.entries(wanted).every(
      ([name, { version, optional, devOptional, peer }]) =>
        name === '' || (installed[name] ? installed[name].version === version : optional || devOptional || peer),
    );
  } catch {
    return false;
  }
}

/** Makes `npx digits` find the command at once in this folder: npm links the commands of dependencies only. */
async function linkCommand() {
  const link = inRoot('node_modules/.bin/digits');
  if (process.platform === 'win32') {
    await fs.writeFile(`${link}.cmd`, '@node "%~dp0\\..\\..\\scripts\\digits.mjs" %*\r\n');
    return;
  }
  await fs.symlink(path.join('..', '..', 'scripts', 'digits.mjs'), link).catch(error => {
    if (error.code !== 'EEXIST') throw error;
  });
}
