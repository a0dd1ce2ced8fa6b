// The native engine: TensorFlow's library and tfjs-node's binding to it, in the cache folder.
//
//   <cache>/engine-tf2.15.1-<platform>-<arch>/deps/lib/              TensorFlow's libraries
//                                             lib/napi-v8/           tfjs_binding.node, which finds them by ../../deps/lib
//
// tfjs-node's own install script fetches a prebuilt binding of an older TensorFlow, and fails the whole of `npm ci`
// where it can't. So install scripts are off, and this makes the engine: faster, in one place for all checkouts.
import fs from 'node:fs/promises';
import path from 'node:path';
import { inCache, makeFolder } from './cache.mjs';
import { run } from './child.mjs';
import { buildFromWheel, TENSORFLOW } from './engineFromWheel.mjs';
import { installPrebuilt } from './enginePrebuilt.mjs';
import { inRoot, platform, root } from './paths.mjs';
import { ALREADY_THERE, Problem } from './step.mjs';

const tfjsNode = inRoot('node_modules/@tensorflow/tfjs-node');
export const BINDING = path.join('lib', 'napi-v8', 'tfjs_binding.node');

/** The folder in the cache that holds the native engine. */
export const engineDir = () => inCache(`engine-tf${TENSORFLOW}-${platform}`);

/** Whether the native engine has been made. */
export const hasEngine = () =>
  fs.access(path.join(engineDir(), BINDING)).then(
    () => true,
    () => false,
  );

/** Makes the native engine if need be and links it into node_modules. Where that can't be done, says why in a sentence. */
export async function ensureEngine() {
  const target = engineDir();
  if (await hasEngine()) {
    await link(target);
    return ALREADY_THERE;
  }
  const reasons = [];
  for (const make of [buildFromWheel, installPrebuilt]) {
    try {
      let version;
      await makeFolder(target, async folder => {
        await make(folder);
        await link(folder);
        version = await verify();
      });
      await link(target);
      return `TensorFlow ${version}`;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      reasons.push(error.message);
    }
  }
  await unlink();
  return `not made. Run npm run setup again when one of these is put right:\n${reasons.map(reason => `  - ${reason}`).join('\n')}`;
}

/** Lets a plain `require('@tensorflow/tfjs-node')` find the engine. */
async function link(engine) {
  for (const name of ['deps', 'lib']) {
    const target = path.join(engine, name);
    const place = path.join(tfjsNode, name);
    if ((await fs.readlink(place).catch(() => undefined)) === target) continue;
    // A link to elsewhere, or what an install script of tfjs-node left.
    await fs.rm(place, { recursive: true, force: true });
    await fs.symlink(target, place, process.platform === 'win32' ? 'junction' : 'dir');
  }
}

async function unlink() {
  for (const name of ['deps', 'lib']) await fs.rm(path.join(tfjsNode, name), { recursive: true, force: true });
}

/** Loads the engine in a process of its own, computes with it, and returns TensorFlow's version. */
async function verify() {
  const script = `
    const util = require('util');
    util.isNullOrUndefined ??= value => value == null; // both left Node in version 23, and tfjs-node calls them
    util.isArray ??= Array.isArray;
    const tf = require('@tensorflow/tfjs-node');
    const sum = tf.add([1, 2], [3, 4]).dataSync();
    if (sum[0] !== 4 || sum[1] !== 6) throw new Error('1 + 3, 2 + 4 came out as ' + sum);
    console.log(tf.backend().binding.TF_Version);`;
  try {
    return (
      await run(process.execPath, ['-e', script], {
        cwd: root,
        timeout: 120_000,
        env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
      })
    ).trim();
  } catch (error) {
    if (error.signal === 'SIGILL')
      throw new Problem('TensorFlow needs a processor with AVX instructions, which this one lacks.');
    throw new Problem(`The engine was made but does not run: ${error.message}`);
  }
}
