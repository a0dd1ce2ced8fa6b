// npm run bench: measures parts of Digits beside their peers, in one run on one machine, and prints ratios.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { inRoot } from '../scripts/lib/paths.mjs';
import { ensureEngine } from '../scripts/lib/engine.mjs';
import { ensureSample } from '../scripts/lib/sampleData.mjs';
import { main, step } from '../scripts/lib/step.mjs';

await main(async () => {
  await step('native engine', ensureEngine);
  await step('sample data in sample/', () => ensureSample());
  const outfile = inRoot('out', 'bench', 'dist', 'measure.js');
  await build({
    entryPoints: [inRoot('bench', 'measure.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outfile,
    alias: { '@tensorflow/tfjs': inRoot('src', 'training', 'tf.ts') },
    logLevel: 'warning',
  });
  process.exitCode = spawnSync(process.execPath, [outfile, inRoot('sample', 'train.csv')], { stdio: 'inherit' }).status ?? 1;
});
