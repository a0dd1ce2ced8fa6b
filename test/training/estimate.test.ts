import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRunConfig } from '../../src/core/run/runConfig';
import type { EngineChoice } from '../../src/core/run/runRecord';
import { isFullRun } from '../fullRun';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

const rows = 6000;
let folder: string;
beforeAll(() => (folder = smallData(rows, 10)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

// It times two things that nothing else may slow: no part of npm test.
describe.runIf(isFullRun)('the estimate', () => {
  it.each<EngineChoice>(['native', 'portable'])(
    'of quick is within a quarter of what the training takes, on the %s engine',
    async engine => {
      const config = newRunConfig({ preset: 'quick', rows, overrides: {}, engine });
      const training = startTraining();
      try {
        // What else the machine does may slow the one and not the other: of several tries, the closest.
        const ratios: number[] = [];
        while (ratios.length < 6 && !ratios.some(ratio => ratio > 0.75 && ratio < 1.25)) {
          const { secondsPerEpoch } = await training.rpc.call('estimate', { config, rows, side: 28, classes: 10 });
          const run = await training.rpc.call('train', {
            folder,
            trainFile: path.join(folder, 'train.csv'),
            runId: `${engine}-${ratios.length}`,
            config,
          });
          ratios.push((secondsPerEpoch * config.epochs) / run.seconds);
        }
        expect(
          ratios.some(ratio => ratio > 0.75 && ratio < 1.25),
          String(ratios),
        ).toBe(true);
      } finally {
        training.dispose();
      }
    },
  );
});
