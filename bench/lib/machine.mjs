// What was measured and on what: figures mean something beside it, and results are gone on with only where it is the same.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import { inRoot } from '../../scripts/lib/paths.mjs';

/** The machine and the versions, without names of hosts or paths. Needs the build in dist/. */
export function identify() {
  const { version } = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'));
  const build = createHash('sha256');
  for (const name of ['cli.js', 'training.js']) build.update(fs.readFileSync(inRoot('dist', name)));
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    system: `${systemName()}, ${process.arch}`,
    node: process.versions.node,
    digits: version,
    build: build.digest('hex').slice(0, 12),
  };
}

function systemName() {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(fs.readFileSync('/etc/os-release', 'utf8'))[1];
  } catch {
    return `${os.type()} ${os.release()}`;
  }
}
