// npm test [-- PART…]: everything that is checked: lint, types, unit, training, host and window tests; or only the parts named.
// It installs what they need first. The last line counts all of them; a part that cannot run counts
// as one failed test, or as skipped where it is only a Chromium that is missing and can't be installed.
import { build } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureEngine } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { ensureSample } from './lib/sampleData.mjs';
import { ensureNodes } from './lib/nodes.mjs';
import { main, Problem, step } from './lib/step.mjs';
import { PARTS } from './lib/testParts.mjs';
import { ensureVscodeServer } from './lib/vscodeServer.mjs';
import { ensureVsix } from './lib/vsix.mjs';

const STEPS = {
  engine: ['native engine', ensureEngine],
  sample: ['sample data in sample/', () => ensureSample()],
  chromium: ['Chromium', ensureChromium],
  server: ['VS Code server', ensureVscodeServer],
  vsix: ['Digits, packaged', () => ensureVsix()],
  nodes: ['Node 20, 22 and 24', () => ensureNodes(20, 22, 24)],
  build: ['build', () => build()],
};

await main(async () => {
  const names = partsToRun();
  const problems = await prepare(names);
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names) {
    const counts = await runPart(PARTS[name], problems);
    for (const kind of Object.keys(total)) total[kind] += counts[kind];
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

function partsToRun() {
  const named = process.argv.slice(2);
  const unknown = named.find(name => !(name in PARTS));
  if (unknown !== undefined)
    throw new Problem(`There is no part "${unknown}": use any of ${Object.keys(PARTS).join(', ')}.`);
  return Object.keys(PARTS).filter(name => named.length === 0 || named.includes(name));
}

/** Does what these parts need; returns what went wrong, by the name of the step. */
async function prepare(names) {
  const problems = {};
  const attempt = async (id, name, work) => {
    await step(name, work).catch(error => {
      problems[id] = error;
      console.error(error instanceof Problem ? error.message : error);
    });
  };
  await attempt('packages', 'npm packages', ensurePackages);
  if (problems.packages) return problems;
  const needed = new Set(names.flatMap(name => PARTS[name].needs));
  for (const [id, [name, work]] of Object.entries(STEPS)) if (needed.has(id)) await attempt(id, name, work);
  return problems;
}

async function runPart({ title, needs, test }, problems) {
  console.log(`\n── ${title}`);
  const missing = ['packages', ...needs].find(id => problems[id]);
  if (missing === 'chromium') {
    console.log('Skipped: they need a Chromium, and there is none.');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (missing) {
    console.log(
      `Could not run: ${missing === 'packages' ? 'the npm packages are' : `"${STEPS[missing][0]}" is`} missing, for the reason above.`,
    );
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const start = performance.now();
  const counts = await test();
  console.log(
    `${title}: ${counts.passed} passed, ${counts.failed} failed (${((performance.now() - start) / 1000).toFixed(1)} s)`,
  );
  return counts;
}
