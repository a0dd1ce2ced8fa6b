import { describe, expect, it } from 'vitest';
import { runDescription, runLabel, runResult, runTooltip } from '../../../../src/host/runs/runWords';
import { runFoldersFrom, SELECTION } from '../../../../src/host/runs/runSelection';
import { runRecord } from '../../support/runRecord';

describe('a run in a list', () => {
  const run = runRecord({ bestEpoch: 3, valAccuracy: 0.98714, seconds: 200, config: { overrides: { batchSize: 32 } } });

  it('is named by its result, its title or preset, and its date', () => {
    expect(runResult({ run })).toBe('98.71 %');
    expect(runResult({ run: runRecord({ status: 'failed' }) })).toBe('Failed');
    expect(runDescription({ run })).toMatch(/^notebook, 2 Jan/);
    expect(runDescription({ run, title: 'mine' })).toMatch(/^mine, 2 Jan/);
  });

  it('says to a screen reader how it stands, once', () => {
    expect(runLabel({ run, title: 'mine' })).toMatch(/^98\.71 %, mine, .*, done$/);
    expect(runLabel({ run: runRecord({ status: 'cancelled' }) })).toMatch(/^Cancelled, notebook, [^,]*, [^,]*$/);
  });

  it('tells its facts, and what failed, in its tooltip', () => {
    const lines = runTooltip({ run, title: 'mine' }).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'mine',
        'Done, 98.71 % of 1 validation image right',
        'Weights of epoch 3 of 5',
        'Preset notebook, 5 epochs, seed 2, batchSize 32',
        'Native engine, TensorFlow 2.15.1 on 2 processes of 1 thread',
        'Folder a',
      ]),
    );
    const failed = runTooltip({
      run: runRecord({ status: 'failed', networks: 3, error: { code: 'disk-full', message: 'The disk is full.' } }),
    });
    expect(failed).toContain('\nThe disk is full.\nFailed\nPreset notebook, 3 networks of 5 epochs, seed 2\n');
  });
});

describe('the runs that a command is about', () => {
  const node = (runFolder: string) => ({ type: 'run', runFolder });
  const file = { type: 'file', file: '/train.csv' };

  it('are those that the menu was opened for, or those selected for a key, and nothing else of the view', () => {
    expect(runFoldersFrom(node('/a'), undefined, [node('/c')])).toEqual(['/a']);
    expect(runFoldersFrom(node('/a'), [node('/a'), file, node('/b')], [])).toEqual(['/a', '/b']);
    expect(runFoldersFrom(SELECTION, undefined, [node('/c'), file])).toEqual(['/c']);
    expect(runFoldersFrom('/a', undefined, [node('/c')])).toEqual(['/a']);
    expect(runFoldersFrom(file, [file], [node('/c')])).toEqual([]);
    expect(runFoldersFrom(undefined, undefined, [])).toEqual([]);
  });
});
