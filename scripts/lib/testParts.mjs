// The parts of `npm test`: what each needs, how it runs, and how its tests are counted.
import fs from 'node:fs/promises';
import { run } from './child.mjs';
import { inRoot, root } from './paths.mjs';

const MINUTES = 60_000;
const passed = { passed: 1, failed: 0, skipped: 0 };
const failed = { passed: 0, failed: 1, skipped: 0 };

// `needs` names steps of scripts/test.mjs.
export const PARTS = {
  lint: { title: 'Lint', needs: [], test: () => check('eslint/bin/eslint.js', '.') },
  types: {
    title: 'Types',
    needs: [],
    test: async () =>
      worse(await check('typescript/bin/tsc', '-p', '.'), await check('typescript/bin/tsc', '-p', 'webview')),
  },
  unit: { title: 'Unit tests', needs: [], test: () => vitest('unit') },
  training: { title: 'Training tests', needs: ['engine', 'sample', 'nodes', 'build'], test: () => vitest('training') },
  host: {
    title: 'Tests in the extension host',
    needs: ['engine', 'sample', 'chromium', 'server', 'build'],
    test: () => vitest('host'),
  },
  window: {
    title: 'Tests in the window',
    needs: ['engine', 'sample', 'chromium', 'server', 'vsix'],
    test: () => vitest('window'),
  },
};

// Colours are for a terminal; vitest would use them in a CI's log too.
const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };

const worse = (a, b) => (a.failed ? a : b);

/** Runs a check of the whole project, which counts as one test. */
async function check(script, ...args) {
  return run(process.execPath, [inRoot('node_modules', script), ...args], {
    cwd: root,
    env,
    show: true,
    timeout: 10 * MINUTES,
  }).then(
    () => passed,
    () => failed,
  );
}

/** Runs a project of vitest.config.mjs. */
export async function vitest(project, moreEnv = {}) {
  const report = inRoot('out', `tests-${project}.json`);
  await fs.rm(report, { force: true });
  const args = [
    inRoot('node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const problem = await run(process.execPath, args, {
    cwd: root,
    env: { ...env, ...moreEnv },
    show: true,
    timeout: 25 * MINUTES,
  }).then(
    () => undefined,
    error => error,
  );
  const found = await fs.readFile(report, 'utf8').then(JSON.parse, () => undefined);
  if (!found) {
    console.log(`The ${project} tests did not run to their end${problem ? `: ${problem.message}` : ''}.`);
    return failed;
  }
  const counts = {
    passed: found.numPassedTests,
    failed: found.numFailedTests,
    skipped: found.numPendingTests + found.numTodoTests,
  };
  // A file that does not load fails no test of its own, and an error outside tests neither.
  const broken = found.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  ).length;
  counts.failed += broken;
  if (problem && counts.failed === 0) counts.failed = 1;
  return counts;
}
