// What `npm run accuracy` tells: mistakes and accuracy of each recipe with their intervals, and pairs on the same images.
import { splits, TEST_ROWS } from './lib/splits.mjs';
import { interval, mean, pairedTest } from './lib/statistics.mjs';
import { figures, percent, roughly, table } from './lib/table.mjs';

/** The results as Markdown; `kind` names the splits. */
export function accuracyReport({ identity, date, parts }, kind) {
  const results = Object.values(parts).filter(({ wrong }) => wrong);
  const names = Object.keys(splits[kind]);
  const rows = identity.recipes.map(recipe => {
    const own = results.filter(result => result.recipe === recipe);
    const ofSplits = names.map(name => own.filter(({ split }) => split === name)).filter(runs => runs.length > 0);
    const mistakes = ofSplits.map(runs => mean(runs.map(({ wrong }) => wrong.length)));
    const { middle, low, high } = interval(mistakes.map(count => 1 - count / TEST_ROWS));
    return [
      recipe,
      figures(mean(mistakes)),
      mistakes.map(figures).join(', '),
      percent(middle),
      `${percent(low)} to ${percent(Math.min(high, 1))}`,
      roughly(mean(own.map(({ seconds }) => seconds))),
    ];
  });
  const header = ['recipe', 'mistakes', 'of each split', 'accuracy', '95 % interval', 'training'];
  const seeds = new Set(results.filter(({ recipe }) => recipe !== 'anchor').map(({ seed }) => seed)).size;
  return `# Accuracy on the ${kind} splits

Each split trains on 42,000 images of MNIST and is scored on ${TEST_ROWS.toLocaleString('en-US')} others (\`bench/lib/splits.mjs\`); ${names.length} splits, ${seeds} seeds
each. Mistakes are means; the interval (t of ${names.length - 1} degrees of freedom over the means of the splits) covers split and seed.
${date}: ${identity.processor}, ${identity.cores} cores, ${identity.system}, Node ${identity.node}. \`npm run accuracy\` makes this page.

${table(header, rows)}

${comparisons(results, identity.recipes, names).join('\n\n')}
`;
}

/** Each recipe against the first, or `best` against the anchor, in sentences. */
function comparisons(results, recipes, names) {
  const pick = (recipe, split) => results.filter(result => result.recipe === recipe && result.split === split);
  const anchor = results.find(({ recipe }) => recipe === 'anchor');
  if (anchor) {
    const own = pick('best', anchor.split);
    const seconds = mean(own.map(run => run.seconds));
    return [
      `Five of Chris Deotte's networks in Keras (\`bench/peers/keras_deotte.py\`), 15 epochs each and averaged, on ${anchor.split}: ${anchor.wrong.length} mistakes in ${roughly(anchor.seconds)} of training. ${sentence('best', 'they', [[own, [anchor]]])} \`best\` takes ${roughly(seconds)}.`,
    ];
  }
  const [first, ...others] = recipes;
  return others.map(recipe =>
    sentence(
      recipe,
      first,
      names.map(name => [pick(recipe, name), pick(first, name)]),
    ),
  );
}

function sentence(recipe, other, pairs) {
  const { difference, error, p } = pairedTest(pairs.map(pair => pair.map(runs => runs.map(({ wrong }) => wrong))));
  const what = difference < 0 ? `${figures(-difference)} fewer` : `${figures(difference)} more`;
  return `\`${recipe}\` makes ${what} mistakes than ${other === 'they' ? other : `\`${other}\``} on the same images (standard error ${figures(error)}; paired test, ${p < 0.0001 ? 'p < 0.0001' : `p = ${p.toFixed(p < 0.01 ? 4 : 2)}`}).`;
}
