import { defineConfig } from 'vitest/config';

const minutes = 60_000;

/** Tests that share what there is one of (the processor, a VS Code): one file after the other. */
const oneByOne = { maxWorkers: 1, isolate: true };

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000 },
      },
      {
        // The real training process with the real engine.
        test: {
          name: 'training',
          include: ['test/training/**/*.test.ts'],
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
          testTimeout: 2 * minutes,
          hookTimeout: 2 * minutes,
          ...oneByOne,
        },
      },
    ],
  },
});
