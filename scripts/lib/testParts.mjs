// The parts of `npm test`: what each needs, how it runs, and how its tests are counted.
import fs from 'node:fs/promises';
import path from 'node:path';
import { run } from './child.mjs';
import { inRoot, root } from './paths.mjs';

const MINUTES = 60_000;
const passed = { passed: 1, failed: 0, skipped: 0, files: [] };
const failed = { passed: 0, failed: 1, skipped: 0, files: [] };

// `needs` names steps of scripts/test.mjs; parts without any run while these are done. One `beside` another runs at the
// same time, and prints when it has ended. A part that takes files runs only
// those whose path holds one of the names. `say` is given what a part prints that does not print for itself.
export const PARTS = {
  lint: {
    title: 'Lint',
    needs: [],
    test: (files, say) =>
      worst(
        check(say, 'eslint/bin/eslint.js', '.', '--cache', '--cache-location', 'out/.eslintcache'),
        check(say, 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
      ),
  },
  types: {
    title: 'Types',
    needs: [],
    test: (files, say) =>
      worst(check(say, 'typescript/bin/tsc', '-p', '.'), check(say, 'typescript/bin/tsc', '-p', 'webview')),
  },
  unit: {
    title: 'Unit tests',
    needs: [],
    takesFiles: true,
    test: (files, say) => vitest(['unit', 'unit-apart', 'unit-components'], files, {}, say),
  },
  training: {
    title: 'Training tests',
    needs: ['engine', 'sample', 'nodes', 'build'],
    takesFiles: true,
    // Those that measure what a machine does alone come after the others.
    test: async files => sum(await vitest(['training'], files), await vitest(['training-alone'], files)),
  },
  host: {
    title: 'Tests in the extension host',
    needs: ['engine', 'sample', 'chromium', 'server', 'build'],
    beside: 'window',
    test: (files, say) => vitest(['host'], [], {}, say),
  },
  window: {
    title: 'Tests in the window',
    needs: ['engine', 'sample', 'chromium', 'server', 'vsix'],
    takesFiles: true,
    test: files => vitest(['window'], files),
  },
};

// Colours are for a terminal; vitest would use them in a CI's log too.
const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };

/** Of checks that run side by side: failed where one of them is. */
const worst = async (...checks) => (await Promise.all(checks)).find(result => result.failed) ?? passed;

/** The counts of two runs together. */
function sum(a, b) {
  const counts = ['passed', 'failed', 'skipped'].map(kind => [kind, a[kind] + b[kind]]);
  return { ...Object.fromEntries(counts), files: [...a.files, ...b.files] };
}

/** Runs a check of the whole project, which counts as one test. */
async function check(say, script, ...args) {
  const options = { cwd: root, env, show: !say, timeout: 10 * MINUTES };
  return run(process.execPath, [inRoot('node_modules', script), ...args], options).then(
    out => {
      say?.(out);
      return passed;
    },
    error => {
      say?.(error.output ?? error.message);
      return failed;
    },
  );
}

/** Runs projects of vitest.config.mjs, or those of their files whose path holds one of `filters`. */
export async function vitest(projects, filters = [], moreEnv = {}, say = undefined) {
  const report = inRoot('out', `tests-${projects[0]}.json`);
  await fs.rm(report, { force: true });
  const args = [
    inRoot('node_modules/vitest/vitest.mjs'),
    'run',
    ...projects.flatMap(project => ['--project', project]),
    ...filters,
    '--reporter=default',
    // A part has files of several projects, and a filter may be for another of them.
    '--passWithNoTests',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const problem = await run(process.execPath, args, {
    cwd: root,
    env: { ...env, ...moreEnv },
    show: !say,
    timeout: 25 * MINUTES,
  }).then(
    out => void say?.(out),
    error => {
      say?.(error.output ?? error.message);
      return error;
    },
  );
  const found = await fs.readFile(report, 'utf8').then(JSON.parse, () => undefined);
  if (!found) {
    console.log(`The ${projects[0]} tests did not run to their end${problem ? `: ${problem.message}` : ''}.`);
    return failed;
  }
  const counts = {
    passed: found.numPassedTests,
    failed: found.numFailedTests,
    skipped: found.numPendingTests + found.numTodoTests,
    files: found.testResults.map(({ name, startTime, endTime }) => ({
      file: path.relative(root, name),
      seconds: (endTime - startTime) / 1000,
    })),
  };
  // A file that does not load fails no test of its own, and an error outside tests neither.
  const broken = found.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  ).length;
  counts.failed += broken;
  if (problem && counts.failed === 0) counts.failed = 1;
  return counts;
}
