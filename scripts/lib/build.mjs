// The bundles in dist/.
import { run } from './child.mjs';
import { root } from './paths.mjs';

/** Bundles everything that runs into dist/: readable and with source maps, or small with `production`. */
export async function build({ production = false } = {}) {
  await run(process.execPath, ['esbuild.mjs', ...(production ? ['--production'] : [])], { cwd: root });
}
