// npm run bench [-- --full]: measures Digits beside its peers in one run on one machine; prints ratios and tables, and
// writes them to bench/out/ with a plot. In short form it takes under ten minutes, in full hours. --try only tries all of it.
import { build as bundle } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../scripts/lib/build.mjs';
import { ensureEngine } from '../scripts/lib/engine.mjs';
import { inRoot } from '../scripts/lib/paths.mjs';
import { ensureSample } from '../scripts/lib/sampleData.mjs';
import { main, Problem, step } from '../scripts/lib/step.mjs';
import { makeData } from './lib/data.mjs';
import { identify } from './lib/machine.mjs';
import { ensureKeras, findTorchPython, kerasPython } from './lib/python.mjs';
import { openResults } from './lib/results.mjs';
import { watchStandstill } from './lib/standstill.mjs';
import { roughly } from './lib/table.mjs';
import { makeParts } from './parts.mjs';
import { plans } from './plan.mjs';
import { plot } from './plot.mjs';
import { report, series } from './report.mjs';

await main(async () => {
  const mode = chooseMode();
  const plan = plans[mode];
  const out = inRoot('bench', 'out', ...(mode === 'try' ? ['try'] : []));

  await step('native engine', ensureEngine);
  await step('sample data in sample/', () => ensureSample());
  await step('build', async () => {
    await build();
    await bundlePrograms();
  });
  const leftOut = [...plan.leftOut];
  const python = {
    keras: await optional(
      'Keras and pandas',
      async () => (await step('Keras in an environment of its own', ensureKeras), kerasPython()),
      leftOut,
    ),
    torch: await optional('PyTorch', findTorchPython, leftOut),
  };

  const parts = makeParts(plan, makeData(plan.rows), python);
  const results = await openResults(path.join(out, 'results.json'), { mode, ...identify() });
  if (results.doneBefore > 0)
    console.log(`Goes on with a run that was interrupted: ${results.doneBefore} parts are measured.`);
  const left = parts.filter(({ key }) => !results.has(key));
  let minutesLeft = left.reduce((minutes, part) => minutes + part.minutes, 0);
  console.log(
    `\n${left.length} things to measure, one after the other: about ${roughly(minutesLeft * 60)} on two cores.`,
  );
  for (const [i, { key, title, minutes, run }] of left.entries()) {
    console.log(
      `[${i + 1}/${left.length}] ${title}: about ${roughly(minutes * 60)}; all that is left, ${roughly(minutesLeft * 60)}`,
    );
    try {
      await results.add(key, await measure(run, minutes));
    } catch (error) {
      // Whatever stops one measurement, the others are worth having.
      console.log(`  failed: ${error instanceof Problem ? error.message : error.stack}`);
      leftOut.push(`${title}, which failed`);
    }
    minutesLeft -= minutes;
  }

  await results.finish(leftOut);
  const text = report(results.data);
  await fs.writeFile(path.join(out, 'results.md'), text);
  await fs.writeFile(path.join(out, 'accuracy-time.svg'), plot(series(results.data)));
  console.log(`\n${text}\nWritten to ${path.relative('', out) || '.'}: results.json, results.md, accuracy-time.svg`);
});

/** Runs a part; again where the machine stood still meanwhile, unless that takes too long: then the results say so. */
async function measure(run, minutes) {
  for (let tries = minutes > 10 ? 1 : 3; ; tries--) {
    const machine = watchStandstill();
    const result = await run().finally(() => machine.stop());
    const stoodStill = machine.stop();
    if (stoodStill === 0) return result;
    console.log(`  the machine stood still for ${roughly(stoodStill)} meanwhile${tries > 1 ? ': once more' : ''}`);
    if (tries === 1) return { ...result, stoodStill };
  }
}

function chooseMode() {
  try {
    const { values } = parseArgs({ options: { full: { type: 'boolean' }, try: { type: 'boolean' } } });
    return values.try ? 'try' : values.full ? 'full' : 'short';
  } catch {
    throw new Problem('npm run bench takes no argument but --full: npm run bench -- --full');
  }
}

/** What `find` resolves with; where it can't be had, says why and goes on without it. */
async function optional(name, find, leftOut) {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.log(`Without ${name}: ${error.message}`);
    leftOut.push(name);
    return undefined;
  }
}

/** The programs of this folder that load what Digits is made of. */
async function bundlePrograms() {
  await bundle({
    entryPoints: ['measure', 'readCsv', 'tfjsFit'].map(name => inRoot('bench', `${name}.ts`)),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outdir: inRoot('out', 'bench', 'dist'),
    alias: { '@tensorflow/tfjs': inRoot('src', 'training', 'tf.ts') },
    logLevel: 'warning',
  });
}
