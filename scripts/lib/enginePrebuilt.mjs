// Makes the native engine with tfjs-node's own install script: TensorFlow's C library and a prebuilt binding, downloaded.
import fs from 'node:fs/promises';
import path from 'node:path';
import { run } from './child.mjs';
import { inRoot } from './paths.mjs';
import { Problem } from './step.mjs';

/** Fills `folder` with the engine that tfjs-node's install script brings. */
export async function installPrebuilt(folder) {
  const tfjsNode = inRoot('node_modules/@tensorflow/tfjs-node');
  for (const name of ['deps', 'lib']) await fs.rm(path.join(tfjsNode, name), { recursive: true, force: true });
  // The script calls node-pre-gyp by name.
  const PATH = [inRoot('node_modules/.bin'), process.env.PATH].join(path.delimiter);
  const manifest = await fs.readFile(path.join(tfjsNode, 'package.json'));
  try {
    await run(process.execPath, ['scripts/install.js'], {
      cwd: tfjsNode,
      env: { ...process.env, PATH },
      timeout: 600_000,
    });
    for (const name of ['deps', 'lib'])
      await fs.cp(path.join(tfjsNode, name), path.join(folder, name), { recursive: true, verbatimSymlinks: true });
    await fs.rm(path.join(folder, 'deps', 'include'), { recursive: true, force: true });
    await settleWindows(folder);
  } catch (error) {
    const why = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|403|404)\b/.exec(
      error.output ?? error.message,
    )?.[0];
    throw new Problem(
      `tfjs-node's own download of TensorFlow failed${why ? ` (${why})` : ''}: it needs a network that reaches its server.`,
    );
  } finally {
    // The script changes it while it runs.
    await fs.writeFile(path.join(tfjsNode, 'package.json'), manifest);
  }
}

/** On Windows the script puts the DLL beside where a newer Node-API's binding would be, not beside the binding. */
async function settleWindows(folder) {
  if (process.platform !== 'win32') return;
  await fs.copyFile(
    path.join(folder, 'deps', 'lib', 'tensorflow.dll'),
    path.join(folder, 'lib', 'napi-v8', 'tensorflow.dll'),
  );
}
