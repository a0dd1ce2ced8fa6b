// npm test [-- PART… [FILE…]]: everything that is checked: lint, types, unit, training, host and window tests; or only the
// parts named, and of these only the files whose path holds one of the names. It installs what they need first. At the end it
// says where the time went; the last line counts all tests. A part that cannot run counts as one failed test, or as
// skipped where it is only a Chromium that is missing and can't be installed.
// npm run test:full does the same with everything that multiplies: all themes, every Node, long loops.
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

/** Seconds since a moment of `performance.now()`. */
function secondsSince(start) {
  return (performance.now() - start) / 1000;
}

/** Files that are named among the slowest. */
const SLOWEST = 10;

await main(async () => {
  const { names, files, full } = whatToRun();
  if (full) process.env.DIGITS_TEST_FULL = '1';
  const began = performance.now();
  const problems = {};
  await attempt(problems, 'packages', 'npm packages', ensurePackages);
  // What needs nothing more runs while the rest is set up, and says what it has to say in one go.
  const [alone, waiting] = [true, false].map(isAlone =>
    names.filter(name => (PARTS[name].needs.length === 0) === isAlone),
  );
  const said = [];
  // Several that run at once print whole, one after the other.
  const say = waiting.length > 0 ? line => said.push(line) : alone.length > 1 ? console.log : undefined;
  const beside = Promise.all(alone.map(name => runPart(name, files, problems, say)));
  if (!problems.packages) await prepare(waiting, problems);
  const prepared = secondsSince(began);
  const parts = await beside;
  if (said.length > 0) console.log(said.map(text => text.trimEnd()).join('\n'));
  for (const name of waiting.filter(name => leads(name, waiting))) {
    const followers = waiting.filter(other => PARTS[other].beside === name);
    const results = await Promise.all([
      ...followers.map(follower => runPart(follower, files, problems, console.log)),
      runPart(name, files, problems),
    ]);
    parts.push(...results);
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of parts) for (const kind of Object.keys(total)) total[kind] += counts[kind];
  tellTimes(prepared, parts);
  console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

/** Whether a part runs beside none of these. */
function leads(name, names) {
  return !names.includes(PARTS[name].beside);
}

/** The parts and files of the command line. */
function whatToRun() {
  const named = process.argv.slice(2);
  const full = named.includes('--full');
  const words = named.filter(word => word !== '--full');
  const parts = Object.keys(PARTS).filter(name => words.includes(name));
  const files = words.filter(word => !(word in PARTS));
  if (files.length > 0 && !parts.some(name => PARTS[name].takesFiles)) {
    throw new Problem(
      `There is no part "${files[0]}": use any of ${Object.keys(PARTS).join(', ')}, and behind "unit", "training" or "window" names of files.`,
    );
  }
  return { names: parts.length > 0 ? parts : Object.keys(PARTS), files, full };
}

/** Says where the time went: the parts, and the slowest files. */
function tellTimes(prepared, parts) {
  const line = (seconds, text) => `${seconds.toFixed(1).padStart(7)} s  ${text}`;
  const slowest = parts
    .flatMap(({ files }) => files)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST);
  console.log('\n── Where the time went');
  console.log(line(prepared, 'set-up'));
  for (const { name, seconds, passed, failed } of parts)
    console.log(line(seconds, `${name}, ${passed + failed} tests`));
  if (slowest.length > 1) console.log('The slowest files:');
  if (slowest.length > 1) for (const { file, seconds } of slowest) console.log(line(seconds, file));
}

/** Takes a step of the set-up; notes what goes wrong in `problems`, by the name of the step. */
async function attempt(problems, id, name, work) {
  await step(name, work).catch(error => {
    problems[id] = error;
    console.error(error instanceof Problem ? error.message : error);
  });
}

/** Does what these parts need. */
async function prepare(names, problems) {
  const needed = new Set(names.flatMap(name => PARTS[name].needs));
  for (const [id, [name, work]] of Object.entries(STEPS)) if (needed.has(id)) await attempt(problems, id, name, work);
}

/** Runs a part; with `say`, it is given what the part prints, all at once at the end. */
async function runPart(name, files, problems, say) {
  const { title, needs, takesFiles, test } = PARTS[name];
  const printed = [];
  const tell = say ? line => printed.push(line) : console.log;
  const began = performance.now();
  const result = counts => {
    say?.(printed.join('\n'));
    return { name, seconds: secondsSince(began), ...counts };
  };
  tell(`\n── ${title}`);
  const missing = ['packages', ...needs].find(id => problems[id]);
  if (missing === 'chromium') {
    tell('Skipped: they need a Chromium, and there is none.');
    return result({ passed: 0, failed: 0, skipped: 1, files: [] });
  }
  if (missing) {
    tell(
      `Could not run: ${missing === 'packages' ? 'the npm packages are' : `"${STEPS[missing][0]}" is`} missing, for the reason above.`,
    );
    return result({ passed: 0, failed: 1, skipped: 0, files: [] });
  }
  const counts = await test(takesFiles ? files : [], say && tell);
  tell(`${title}: ${counts.passed} passed, ${counts.failed} failed (${secondsSince(began).toFixed(1)} s)`);
  return result(counts);
}
