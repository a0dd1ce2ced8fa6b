// npm run stress [-- PART…]: all that npm test tries a few times, tried as often as it takes to be sure: trainings killed at
// moments of chance, disks that fail, a million rows, a window that is open for long, and a million cases of the fuzzer. It
// takes hours; PART names what is run alone. The last lines are the figures that the tests found.
import { build } from './lib/build.mjs';
import { start } from './lib/child.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureEngine } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { ensureSample } from './lib/sampleData.mjs';
import { main, Problem, step } from './lib/step.mjs';
import { ensureVscodeServer } from './lib/vscodeServer.mjs';

const vitest = (project, file) => [
  inRoot('node_modules/vitest/vitest.mjs'),
  'run',
  '--project',
  project,
  file,
  '--reporter=verbose',
];
const training = name => ({ args: vitest('training', `test/training/${name}.test.ts`) });

/** What there is to run, in this order; each is a program of Node's. */
const PARTS = {
  fuzz: { args: [inRoot('scripts/fuzz.mjs'), '--cases', '1000000'] },
  kills: training('kills'),
  orphans: training('orphans'),
  cancel: training('cancel'),
  faults: training('faults'),
  diskFull: training('diskFull'),
  together: training('together'),
  network: training('network'),
  endlessFiles: training('endlessFiles'),
  millionRows: training('millionRows'),
  metFiles: training('metFiles'),
  soak: { args: vitest('host', 'test/vscode/host.test.ts'), env: { DIGITS_TEST_GREP: 'a long day' }, inVscode: true },
};

await main(async () => {
  const named = process.argv.slice(2);
  const unknown = named.find(name => !(name in PARTS));
  if (unknown !== undefined)
    throw new Problem(`There is no part "${unknown}": use any of ${Object.keys(PARTS).join(', ')}.`);
  const names = Object.keys(PARTS).filter(name => named.length === 0 || named.includes(name));
  await prepare(names.some(name => PARTS[name].inVscode));

  const figures = [];
  const failed = [];
  for (const name of names) {
    console.log(`\n── ${name}`);
    const began = performance.now();
    const { ended, lines } = await runPart(PARTS[name]);
    if (!ended) failed.push(name);
    figures.push(
      `${name}, ${Math.round((performance.now() - began) / 1000)} s${ended ? '' : ', FAILED'}`,
      ...lines.map(line => `  ${line}`),
    );
  }
  console.log(`\n── Figures\n${figures.join('\n')}`);
  if (failed.length > 0) throw new Problem(`\nFailed: ${failed.join(', ')}.`);
});

async function prepare(inVscode) {
  await step('npm packages', ensurePackages);
  await step('native engine', ensureEngine);
  await step('sample data in sample/', () => ensureSample());
  if (inVscode) {
    await step('Chromium', ensureChromium);
    await step('VS Code server', ensureVscodeServer);
  }
  await step('build', () => build());
}

/** Runs a program and shows what it prints; resolves with the figures in it and whether it ended well. */
function runPart({ args, env }) {
  return new Promise((resolve, reject) => {
    const child = start(process.execPath, args, {
      cwd: root,
      env: { ...process.env, DIGITS_STRESS: 'full', NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', data => {
      text += data;
      process.stdout.write(data);
    });
    child.stderr.pipe(process.stderr);
    child.once('error', reject);
    child.once('close', code => {
      const lines = text
        .split('\n')
        .filter(line => line.startsWith('stress: '))
        .map(line => line.slice('stress: '.length));
      resolve({ ended: code === 0, lines });
    });
  });
}
