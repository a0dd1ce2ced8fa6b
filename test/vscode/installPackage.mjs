// Installs the package once for all windows of a test run: each then starts with a copy of the folder it is in.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { vsixFile } from '../../scripts/lib/vsix.mjs';
import { installVsix } from '../../scripts/lib/vscodeWeb.mjs';

const VARIABLE = 'DIGITS_TEST_INSTALLED';

/** Installs the package and returns what removes it again. */
export default async function installPackage() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-installed-'));
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  try {
    await installVsix(folder, vsixFile());
  } catch (error) {
    remove();
    throw error;
  }
  process.env[VARIABLE] = folder;
  return remove;
}

/** Copies the installed extension into the folder of a VS Code. */
export function copyInstalled(folder) {
  fs.cpSync(extensions(), path.join(folder, 'extensions'), { recursive: true });
}

/** The folder that the package is installed in. */
export function installedFolder() {
  const name = fs.readdirSync(extensions()).find(entry => /\.digits-\d/.test(entry));
  return path.join(extensions(), name);
}

function extensions() {
  const installed = process.env[VARIABLE];
  if (!installed)
    throw new Error('The package is not installed: the project lacks installPackage.mjs as its globalSetup.');
  return path.join(installed, 'extensions');
}
