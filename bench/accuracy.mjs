// npm run accuracy [-- PRESET…]: trains presets with three seeds each on the sample's train.csv and scores their submissions
// against the 28,000 answers, which no training sees. Times are given in epochs of the notebook preset, measured in the same run.
import { build } from '../scripts/lib/build.mjs';
import { ensureEngine } from '../scripts/lib/engine.mjs';
import { ensureSample } from '../scripts/lib/sampleData.mjs';
import { main, step } from '../scripts/lib/step.mjs';
import { makeData } from './lib/data.mjs';
import { train, trainAndScore } from './lib/digits.mjs';
import { summary } from './lib/statistics.mjs';
import { percent } from './lib/table.mjs';

const seeds = [1, 2, 3];

await main(async () => {
  const presets = process.argv.slice(2);
  await step('native engine', ensureEngine);
  await step('sample data in sample/', () => ensureSample());
  await step('build', () => build());
  const data = makeData();
  const notebookEpoch = (await train(data.folder, { preset: 'notebook', args: ['--epochs', '1'] })).seconds;
  for (const preset of presets.length > 0 ? presets : ['quick', 'balanced']) {
    const results = [];
    for (const seed of seeds) results.push(await trainAndScore(data, { preset, seed }));
    const { mean, min, max } = summary(results.map(({ accuracy }) => accuracy));
    const epochs = summary(results.map(({ seconds }) => seconds / notebookEpoch)).mean;
    console.log(
      `${preset}: ${percent(mean)} of 28,000 right (${percent(min)} to ${percent(max)}, ${seeds.length} seeds), in ${epochs.toFixed(2)} epochs of the notebook`,
    );
  }
});
