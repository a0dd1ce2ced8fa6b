import { build } from 'esbuild';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.mjs';

/** Loads a module of ours that is written in TypeScript, with all that it imports. `file`: within the repository. */
export async function loadTypeScript(file) {
  const outfile = inRoot('out', 'scripts', `${path.basename(file, '.ts')}.cjs`);
  await build({
    entryPoints: [inRoot(file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return (await import(pathToFileURL(outfile).href)).default;
}
