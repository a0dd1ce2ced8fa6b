// Bundles the suite that runs inside VS Code: vscode and mocha are there, everything else goes in.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The file whose `run` VS Code calls. */
export const hostSuite = path.resolve(here, '../../out/host/run.js');

/** Bundles test/vscode/host into out/host: run.js and a file for each test file. */
export default async function buildHostSuite() {
  fs.rmSync(path.dirname(hostSuite), { recursive: true, force: true });
  await build({
    entryPoints: [path.join(here, 'host/*.ts')],
    outdir: path.dirname(hostSuite),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}
