// Python for the peers: an environment with Keras in the cache folder, and the system's own where it has PyTorch.
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { inCache, makeFolder } from '../../scripts/lib/cache.mjs';
import { findProgram, run } from '../../scripts/lib/child.mjs';
import { inRoot, platform } from '../../scripts/lib/paths.mjs';
import { ALREADY_THERE, Problem } from '../../scripts/lib/step.mjs';

const requirements = inRoot('bench', 'requirements.txt');
const inFolder = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];

export const kerasPython = () => pythonFor(requirements);
export const ensureKeras = () => ensurePython(requirements);

/** The Python of the environment that `ensurePython` makes for a file of requirements. Another list of packages is another environment. */
export async function pythonFor(requirements) {
  const hash = createHash('sha256')
    .update(await fs.readFile(requirements))
    .digest('hex')
    .slice(0, 8);
  return path.join(inCache(`bench-python-${platform}-${hash}`), ...inFolder);
}

/** Makes a virtual environment with the packages of a file of requirements. Throws a `Problem` where that can't be done. */
export async function ensurePython(requirements) {
  const python = await pythonFor(requirements);
  if (
    await fs.access(python).then(
      () => true,
      () => false,
    )
  )
    return ALREADY_THERE;
  const base = await findPython();
  // Renamed when complete: of all in the environment only the scripts beside Python mind, and none of them is used.
  await makeFolder(path.dirname(path.dirname(python)), async folder => {
    await run(base, ['-m', 'venv', folder], { timeout: 120_000 });
    await run(
      path.join(folder, ...inFolder),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:', '-r', requirements],
      { timeout: 1_800_000 },
    ).catch(error => {
      throw new Problem(
        `pip could not install ${path.basename(requirements)}: ${error.message.trim().split('\n').at(-1)}`,
      );
    });
  });
}

/** A Python that TensorFlow 2.15.1 has packages for and that can make environments. */
async function findPython() {
  const script = 'import ensurepip, sys, venv; sys.exit(not (3, 9) <= sys.version_info[:2] <= (3, 11))';
  for (const name of ['python3.11', 'python3.10', 'python3.9', 'python3', 'python']) {
    const program = await findProgram(name);
    if (program && (await works(program, script))) return program;
  }
  throw new Problem(
    'The peers need Python 3.9, 3.10 or 3.11 with its venv module (Debian and Ubuntu: python3-venv), and there is none on this machine.',
  );
}

/** A Python with PyTorch: the one on PATH or the system's. Throws a `Problem` where neither has it. */
export async function findTorchPython() {
  for (const program of [await findProgram('python3', 'python'), '/usr/bin/python3']) {
    if (program && (await works(program, 'import numpy, torch'))) return program;
  }
  throw new Problem('No Python of this machine has PyTorch (Debian and Ubuntu: apt-get install python3-torch).');
}

const works = (program, script) =>
  run(program, ['-c', script], { timeout: 120_000 }).then(
    () => true,
    () => false,
  );
