import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

const minutes = 60_000;

/** Tests that share what there is one of (the processor, a VS Code): one file after the other. */
const oneByOne = { maxWorkers: 1, isolate: true };
/** Tests that wait for processes and windows half of their time: two files side by side. */
const twoByTwo = { maxWorkers: 2, isolate: true };

/** Training tests that hold what a machine does within a time, or look at all of its memory. */
const ALONE = ['cancel', 'millionRows'].map(name => `test/training/${name}.test.ts`);

/** Unit tests that replace modules, and those that take seconds: apart, so that all others share one process. */
const APART = [
  'test/unit/lint.test.ts',
  'test/unit/store/atomicFile.test.ts',
  'test/unit/store/pixelFile/corpus.test.ts',
  'test/unit/store/pixelFile/specialFiles.test.ts',
  'test/unit/store/run/evaluations.test.ts',
  'test/unit/store/run/lease.test.ts',
  'test/unit/training/network/modelFile.test.ts',
  'test/unit/training/run/runKeeper.test.ts',
];

const unit = { testTimeout: 20_000 };

/** What takes longest of the files that run two side by side, in no relation to the size of the file. */
const LONG = /\/(errors|mainJob|resume|reload|data|inspector|crash|surroundings|kills)\.test\.ts$/;

/** Begins with what takes long, so that no file is left to run alone at the end. */
class LongFirst extends BaseSequencer {
  async sort(files) {
    const sorted = await super.sort(files);
    return [true, false].flatMap(isLong => sorted.filter(({ moduleId }) => LONG.test(moduleId) === isLong));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        // One process for all, without a module graph of its own for each file.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: APART,
          pool: 'threads',
          maxWorkers: 1,
          isolate: false,
          ...unit,
        },
      },
      { test: { name: 'unit-apart', include: APART, ...unit } },
      {
        // Components of the views, in a DOM without a browser.
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'unit-components',
          include: ['test/unit/**/*.test.tsx'],
          environment: 'happy-dom',
          pool: 'threads',
          maxWorkers: 1,
          isolate: false,
          ...unit,
        },
      },
      {
        // The real training process with the real engine.
        test: {
          name: 'training',
          include: ['test/training/**/*.test.ts'],
          exclude: ALONE,
          testTimeout: 5 * minutes,
          hookTimeout: 5 * minutes,
          ...twoByTwo,
        },
      },
      {
        test: {
          name: 'training-alone',
          include: ALONE,
          testTimeout: 5 * minutes,
          hookTimeout: 5 * minutes,
          ...oneByOne,
        },
      },
      {
        // A mocha suite that runs inside VS Code; this shows its results.
        test: {
          name: 'host',
          include: ['test/vscode/host.test.ts'],
          globalSetup: 'test/vscode/buildHostSuite.mjs',
          ...oneByOne,
        },
      },
      {
        // npm run bench:views. No part of npm test: times, and nothing that could be wrong.
        test: {
          name: 'views',
          include: ['bench/views/*.bench.ts'],
          globalSetup: 'test/vscode/installPackage.mjs',
          testTimeout: 15 * minutes,
          hookTimeout: 2 * minutes,
          ...oneByOne,
        },
      },
      {
        // VS Code's window, driven as a user drives it.
        test: {
          name: 'window',
          include: ['test/vscode/window/*.test.ts'],
          globalSetup: ['test/vscode/installPackage.mjs', 'test/vscode/trainRun.ts'],
          testTimeout: 2 * minutes,
          hookTimeout: 2 * minutes,
          ...twoByTwo,
        },
      },
    ],
  },
});
