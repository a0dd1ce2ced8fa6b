// npm run fuzz [-- --seconds N | --cases N] [--seed N] [--only NAME]: tries what comes from outside (CSVs, run folders, messages)
// with random inputs, each target in turn, for ten seconds unless said otherwise. It prints how many cases it tried and, of
// the first failure, the seed that shows it again.
import { parseArgs } from 'node:util';
import { loadTypeScript } from './lib/loadTypeScript.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { main, Problem } from './lib/step.mjs';

/** Cases of one target before the next has its turn. */
const ROUND = 500;

await main(async () => {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string' },
      cases: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
    },
  });
  await ensurePackages();
  const fc = await import('fast-check');
  const { targets } = await loadTypeScript('test/fuzz/targets.ts');
  const chosen = values.only === undefined ? targets : targets.filter(({ name }) => name === values.only);
  if (chosen.length === 0)
    throw new Problem(`There is no target "${values.only}"; there are ${targets.map(({ name }) => name).join(', ')}.`);
  const most = values.cases === undefined ? Infinity : wholeNumber(values.cases, '--cases');
  const seconds =
    values.seconds === undefined
      ? values.cases === undefined
        ? 10
        : Infinity
      : wholeNumber(values.seconds, '--seconds');
  const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : wholeNumber(values.seed, '--seed');

  const began = performance.now();
  const spent = () => (performance.now() - began) / 1000;
  const tried = new Map(chosen.map(({ name }) => [name, 0]));
  let total = 0;
  console.log(`Seed ${first}, ${chosen.length} targets`);
  for (let seed = first; total < most && spent() < seconds; seed++) {
    for (const { name, holds, property } of chosen) {
      const numRuns = Math.min(ROUND, most - total);
      if (numRuns <= 0 || spent() >= seconds) break;
      const result = await fc.check(property, { seed, numRuns });
      total += result.numRuns;
      tried.set(name, tried.get(name) + result.numRuns);
      if (!result.failed) continue;
      console.error(
        `\n${name}: a case fails. ${holds}\n${fc.defaultReportMessage(result)}\n${result.errorInstance?.stack ?? ''}`,
      );
      console.error(`\nAgain: npm run fuzz -- --only "${name}" --seed ${seed} --cases ${ROUND}`);
      throw new Problem(`${total} cases tried, 1 failed.`);
    }
  }
  for (const [name, count] of tried) console.log(`  ${name}: ${count}`);
  if (process.env.DIGITS_STRESS === 'full') console.log(`stress: fuzz cases tried ${total}, failed 0`);
  console.log(`${total} cases tried in ${spent().toFixed(1)} s, none failed.`);
});

function wholeNumber(text, option) {
  if (!/^\d+$/.test(text)) throw new Problem(`${option} takes a whole number, not "${text}".`);
  return Number(text);
}
