import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../../../src/core/run/runRecord';
import {
  learningRate,
  loss,
  progressWords,
  runFacts,
  statusSentence,
  statusWord,
} from '../../../../../webview/run/facts/model';
import { epochRecords, runRecord } from '../../../support/runRecord';

function run(status: RunRecord['status'], message?: string): RunRecord {
  return runRecord({
    id: 'run',
    status,
    created: '2026-11-22T16:05:10.000Z',
    engine: { name: 'native', library: 'TensorFlow', processes: 2, threads: 1 },
    parameters: 0,
    ...(message !== undefined && { error: { code: 'internal' as const, message } }),
  });
}

describe('the sentence about a run', () => {
  const still = { trainsHere: false, canResume: false };

  it('says how far a run came and what is kept', () => {
    const history = epochRecords([0.98, 0.97]);
    expect(statusSentence({ ...still, run: run('cancelled'), history })).toBe(
      'Training was cancelled after epoch 2 of 5. The weights of epoch 1 are kept.',
    );
    expect(statusSentence({ ...still, run: run('interrupted'), history })).toContain('interrupted after epoch 2 of 5');
    expect(statusSentence({ ...still, run: run('cancelled'), history: [] })).toBe(
      'Training was cancelled before the first epoch ended. Nothing is kept of it.',
    );
  });

  it('says where Resume goes on, until it does', () => {
    const stopped = { ...still, canResume: true, history: epochRecords([0.98, 0.97]) };
    for (const status of ['cancelled', 'interrupted'] as const)
      expect(statusSentence({ ...stopped, run: run(status) })).toMatch(/ Resume goes on with epoch 3\.$/);
    expect(statusSentence({ ...stopped, run: run('failed', 'The engine died.') })).toBe(
      'The engine died. The weights of epoch 1 are kept. Resume goes on with epoch 3.',
    );
    const goingOn = { ...stopped, run: run('cancelled'), trainsHere: true, canResume: false };
    expect(statusSentence(goingOn)).toBeUndefined();
    expect(statusWord(goingOn)).toBe('Resuming');
    expect(statusWord({ run: run('training'), trainsHere: true })).toBe('Training');
  });

  it('is the error of a run that failed, and nothing for one that went well', () => {
    expect(statusSentence({ ...still, run: run('failed', 'The disk is full.'), history: [] })).toBe(
      'The disk is full.',
    );
    expect(statusSentence({ ...still, run: run('done'), history: [] })).toBeUndefined();
    expect(statusSentence({ ...still, run: run('training'), history: [] })).toBeUndefined();
  });
});

describe('progress in words', () => {
  it('counts epochs, and fills the bar over all of them', () => {
    const words = progressWords({
      phase: 'training',
      epoch: 2,
      epochs: 5,
      share: 0.5,
      loss: 0.1234,
      accuracy: 0.965,
      secondsLeft: 80,
    });
    expect(words.title).toBe('Epoch 2 of 5');
    expect(words.share).toBeCloseTo(0.3);
    expect(words.details).toEqual(['loss 0.1234', 'accuracy 96.50 %', 'about 1 min 20 s left']);
  });

  it('never goes back when the validation of an epoch begins', () => {
    const before = progressWords({
      phase: 'training',
      epoch: 2,
      epochs: 5,
      share: 1,
      loss: 0.1,
      accuracy: 0.9,
      secondsLeft: 80,
    });
    const after = progressWords({ phase: 'validating', epoch: 2, epochs: 5, share: 0 });
    expect(after.share).toBeGreaterThanOrEqual(before.share);
  });
});

describe('numbers', () => {
  it('have the digits that they need', () => {
    expect(loss(0.03124)).toBe('0.0312');
    expect(loss(NaN)).toBe('not a number');
    expect(learningRate(0.001)).toBe('0.001');
    expect(learningRate(0.000125)).toBe('0.000125');
    expect(learningRate(1e-8)).toBe('1.0e-8');
    expect(learningRate(0)).toBe('0');
  });
});

describe('the facts of a run', () => {
  it("name the user's own values, and that no image was set aside", () => {
    const { config, data, ...rest } = run('done');
    const facts = runFacts(
      {
        ...rest,
        config: { ...config, overrides: { batchSize: 32, validationShare: 0 } },
        data: { ...data, validationRows: 0 },
      },
      [],
    );
    expect(facts).toEqual(expect.arrayContaining(['on all rows', 'batchSize 32']));
    expect(facts.join()).not.toContain('validationShare');
  });
});
