// npm run accuracy [-- [--development] [RECIPE…]]: trains recipes on every split with three seeds each and scores what
// they predict for images that no training sees; prints a table and writes it to bench/. A recipe is a preset and values of
// its own, as in "best strokes=0.5 epochs=12". What is chosen is chosen with --development; the figures that are
// published are those of the final splits, with the presets as they are. Goes on where it was interrupted.
import fs from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { build } from '../scripts/lib/build.mjs';
import { ensureEngine } from '../scripts/lib/engine.mjs';
import { inRoot } from '../scripts/lib/paths.mjs';
import { main, Problem, step } from '../scripts/lib/step.mjs';
import { accuracyReport } from './accuracyReport.mjs';
import { trainAnchor } from './lib/anchor.mjs';
import { submit, train } from './lib/digits.mjs';
import { identify } from './lib/machine.mjs';
import { ensureKeras } from './lib/python.mjs';
import { openResults } from './lib/results.mjs';
import { makeSplit, splits } from './lib/splits.mjs';

const seeds = [1, 2, 3];
const presets = ['quick', 'balanced', 'best', 'notebook'];

await main(async () => {
  const { kind, recipes } = whatToTrain();
  await step('native engine', ensureEngine);
  if (kind === 'final') await step('Keras in an environment of its own', ensureKeras);
  await step('build', () => build());
  const results = await openResults(inRoot('bench', 'out', `accuracy-${kind}.json`), { recipes, ...identify() });
  const names = Object.keys(splits[kind]);
  // Seed by seed: an interrupted run has whole tables of fewer seeds.
  for (const seed of seeds) {
    for (const name of names) {
      const left = recipes.filter(recipe => !results.has(`${recipe}, ${name}, ${seed}`));
      if (left.length === 0) continue;
      const split = await makeSplit(name);
      for (const recipe of left) {
        const [preset, ...values] = recipe.split(' ');
        const { run, seconds } = await train(split.folder, { preset, seed, args: values.flatMap(argument) });
        const { labels } = await submit(split.folder, run);
        const wrong = wrongIn(labels, split.answers);
        await results.add(`${recipe}, ${name}, ${seed}`, { recipe, split: name, seed, wrong, seconds });
        console.log(`${recipe}, ${name}, seed ${seed}: ${wrong.length} mistakes, ${seconds.toFixed(0)} s`);
      }
    }
  }
  if (kind === 'final') await addAnchor(results, names[0]);
  await results.finish([]);
  const text = accuracyReport(results.data, kind);
  await fs.writeFile(inRoot('bench', kind === 'final' ? 'accuracy.md' : 'out/development.md'), text);
  console.log(`\n${text}`);
});

function whatToTrain() {
  const usage =
    'npm run accuracy takes recipes behind --development only, as in: npm run accuracy -- --development best "best strokes=0.5"';
  try {
    const { values, positionals } = parseArgs({
      options: { development: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values.development && positionals.length > 0) return { kind: 'development', recipes: positionals };
    if (!values.development && positionals.length === 0) return { kind: 'final', recipes: presets };
  } catch {
    // Told below.
  }
  throw new Problem(usage);
}

/** A value of a recipe as an argument of `digits train`. */
function argument(value) {
  const [name, number] = value.split('=');
  return name === 'epochs' ? ['--epochs', number] : ['--set', value];
}

/** Indices of the images that were labelled wrongly. */
function wrongIn(labels, answers) {
  return answers.flatMap((answer, i) => (labels[i] === answer ? [] : [i]));
}

/** Five networks of the anchor on one split, averaged. */
async function addAnchor(results, name) {
  const split = await makeSplit(name);
  const { labels, seconds } = await trainAnchor(split.folder, results);
  const wrong = wrongIn(labels, split.answers);
  await results.add('anchor', { recipe: 'anchor', split: name, seed: 1, wrong, seconds });
  console.log(`anchor, ${name}: ${wrong.length} mistakes`);
}
