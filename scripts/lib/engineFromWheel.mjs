// Makes the native engine from TensorFlow's Python package: its library, and the binding compiled against its headers.
import fs from 'node:fs/promises';
import path from 'node:path';
import { findProgram, run } from './child.mjs';
import { inRoot, platform } from './paths.mjs';
import { Problem } from './step.mjs';

export const TENSORFLOW = '2.15.1';

// The packages that hold the library itself; others of similar names only depend on them.
const wheels = {
  'linux-x64': { name: 'tensorflow-cpu', tag: 'manylinux2014_x86_64' },
  'linux-arm64': { name: 'tensorflow-cpu-aws', tag: 'manylinux2014_aarch64' },
  'darwin-x64': { name: 'tensorflow', tag: 'macosx_10_15_x86_64' },
  'darwin-arm64': { name: 'tensorflow', tag: 'macosx_12_0_arm64' },
};

const libraryFile = name => (process.platform === 'darwin' ? `lib${name}.2.dylib` : `lib${name}.so.2`);
const linkerFile = name => (process.platform === 'darwin' ? `lib${name}.dylib` : `lib${name}.so`);

/** Fills `folder` with the engine: downloads the package with pip, unpacks the library, compiles the binding. */
export async function buildFromWheel(folder) {
  const wheel = wheels[platform];
  if (!wheel) throw new Problem(`TensorFlow ${TENSORFLOW} has no package for ${platform}.`);
  const python = await findPython();
  const compiler = await findProgram('c++', 'g++', 'clang++');
  if (!compiler)
    throw new Problem(
      `No C++ compiler was found: install one (${process.platform === 'darwin' ? 'xcode-select --install' : 'Debian and Ubuntu: apt-get install g++'}).`,
    );

  const work = path.join(folder, 'work');
  await run(
    python,
    [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--only-binary=:all:',
      '--python-version',
      '3.11',
      '--platform',
      wheel.tag,
      '--dest',
      work,
      `${wheel.name}==${TENSORFLOW}`,
    ],
    { timeout: 900_000 },
  );
  const [file] = (await fs.readdir(work)).filter(name => name.endsWith('.whl'));
  await unpack(python, path.join(work, file), work);
  await fs.rm(path.join(work, file));

  const libraries = path.join(folder, 'deps', 'lib');
  await fs.mkdir(libraries, { recursive: true });
  for (const [name, inWheel] of [
    ['tensorflow', 'tensorflow_cc'],
    ['tensorflow_framework', 'tensorflow_framework'],
  ]) {
    await fs.rename(path.join(work, 'tensorflow', libraryFile(inWheel)), path.join(libraries, libraryFile(inWheel)));
    await fs.symlink(libraryFile(inWheel), path.join(libraries, linkerFile(name)));
  }
  await compile(compiler, path.join(work, 'tensorflow', 'include'), folder);

  // The linker's names and the headers were needed for the compiler only.
  for (const name of ['tensorflow', 'tensorflow_framework']) await fs.rm(path.join(libraries, linkerFile(name)));
  await fs.rm(work, { recursive: true });
}

async function findPython() {
  const python = await findProgram('python3', 'python');
  if (!python) throw new Problem('Python was not found: install Python 3 with pip.');
  await run(python, ['-m', 'pip', '--version']).catch(() => {
    throw new Problem('pip was not found: install it (Debian and Ubuntu: apt-get install python3-pip).');
  });
  return python;
}

/** Unpacks the libraries and the C headers: 615 MB of the package's 870. */
function unpack(python, wheel, into) {
  const script = `
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wanted = ('tensorflow/libtensorflow', 'tensorflow/include/tensorflow/c/', 'tensorflow/include/tensorflow/core/', 'tensorflow/include/tsl/')
wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted)])`;
  return run(python, ['-c', script, wheel, into]);
}

async function compile(compiler, headers, folder) {
  const source = inRoot('node_modules/@tensorflow/tfjs-node');
  const output = path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
  await fs.mkdir(path.dirname(output), { recursive: true });
  const includes = [source, path.dirname(source), headers, inRoot('node_modules/node-api-headers/include')];
  const link =
    process.platform === 'darwin'
      ? ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../deps/lib']
      : ['-shared', '-Wl,-rpath,$ORIGIN/../../deps/lib'];
  await run(
    compiler,
    [
      '-std=c++17',
      '-O2',
      '-fPIC',
      '-DNAPI_VERSION=8',
      path.join(source, 'binding', 'tfjs_backend.cc'),
      path.join(source, 'binding', 'tfjs_binding.cc'),
      ...includes.map(include => `-I${include}`),
      `-L${path.join(folder, 'deps', 'lib')}`,
      '-ltensorflow',
      '-ltensorflow_framework',
      ...link,
      '-o',
      output,
    ],
    { timeout: 600_000 },
  );
}
