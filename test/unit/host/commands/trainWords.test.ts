import { describe, expect, it } from 'vitest';
import { newRunConfig } from '../../../../src/core/run/runConfig';
import type { RunRecord } from '../../../../src/core/run/runRecord';
import {
  closingSentence,
  epochsOffered,
  epochsQuestion,
  fewRowsHint,
  presetCost,
  settingsWords,
  shareDone,
  skipRowsButton,
} from '../../../../src/host/commands/trainWords';

describe('the questions before a training', () => {
  it('say what several networks cost', () => {
    expect(presetCost({ networks: 1, epochs: 6 })).toBe('6 epochs');
    expect(presetCost({ networks: 6, epochs: 10 })).toBe('6 networks, 10 epochs each');
    expect(epochsQuestion(10, 6, undefined)).toMatch(/^Epochs of each network: .* each of the 6 /);
    expect(epochsQuestion(10, 6, 60)).toContain(
      'About 10 min on this machine, 60 s an epoch of all networks.'.replace('60 s', '1 min'),
    );
    expect(epochsQuestion(5, 1, 4)).toContain('About 20 s on this machine, 4 s an epoch.');
  });

  it('offer the epochs that suit the rows, or what the user chose last', () => {
    const few = newRunConfig({ preset: 'quick', rows: 2000, overrides: {}, engine: 'auto' });
    const many = newRunConfig({ preset: 'quick', rows: 42_000, overrides: {}, engine: 'auto' });
    expect([undefined, 1, 5].map(last => epochsOffered(last, few))).toEqual([18, 18, 5]);
    expect([undefined, 1, 5].map(last => epochsOffered(last, many))).toEqual([1, 1, 5]);
    expect(fewRowsHint(few)).toBe(' With so few rows, 18 epochs suit quick (1 with many).');
    expect(fewRowsHint(many)).toBe('');
  });

  it('say what the settings change', () => {
    expect(settingsWords({})).toBe('');
    expect(settingsWords({ validationShare: 0 })).toBe(' Trains on all rows, no validation.');
    expect(settingsWords({ validationShare: 0, batchSize: 32 })).toBe(
      ' Trains on all rows, no validation. Your own values: batchSize 32.',
    );
    expect(settingsWords({ validationShare: 0.2 })).toBe(' Your own values: validationShare 0.2.');
  });
});

describe('the button that skips rows', () => {
  it('says how many', () => {
    expect([1, 2, 1200].map(skipRowsButton)).toEqual(['Skip 1 Row', 'Skip 2 Rows', 'Skip 1,200 Rows']);
  });
});

describe('a training under way', () => {
  it('fills its bar over the epochs of all networks', () => {
    expect(
      shareDone({ phase: 'training', epoch: 20, epochs: 20, share: 1, loss: 0, accuracy: 1, secondsLeft: 0 }),
    ).toBeGreaterThan(0.95);
    expect(
      shareDone({ phase: 'training', epoch: 11, epochs: 20, share: 0, loss: 0, accuracy: 1, secondsLeft: 0 }),
    ).toBe(0.5);
  });
});

describe('the end of a training', () => {
  const run = {
    status: 'done',
    config: { preset: 'quick', epochs: 3 },
    networks: 2,
    bestEpoch: 6,
    valAccuracy: 0.99,
    data: { trainingRows: 900, validationRows: 100 },
  } as unknown as RunRecord;
  const onAll = {
    ...run,
    valAccuracy: undefined,
    data: { ...run.data, trainingRows: 1000, validationRows: 0 },
  } as unknown as RunRecord;

  it('is told with the accuracy where there is one', () => {
    expect(closingSentence(run, 'train.csv')).toBe(
      'Trained on train.csv: 99.00 % of 100 validation images right after epoch 6.',
    );
    expect(closingSentence({ ...run, status: 'cancelled' }, 'train.csv')).toBe(
      'Training on train.csv was cancelled; the weights of epoch 6 are kept (99.00 % of 100 validation images right).',
    );
  });

  it('is told without one after a training on all rows', () => {
    expect(closingSentence(onAll, 'train.csv')).toBe(
      'Trained on all 1,000 images of train.csv: the weights of epoch 6 of 6 are kept. None was set aside for validation.',
    );
    expect(closingSentence({ ...onAll, status: 'cancelled' }, 'train.csv')).toBe(
      'Training on train.csv was cancelled; the weights of epoch 6 are kept.',
    );
  });
});
