import { describe, expect, it } from 'vitest';
import {
  chosenEngine,
  engineLines,
  engineSentence,
  type EngineReport,
  type EngineResult,
} from '../../../src/core/engineReport';
import { DigitsError } from '../../../src/core/errors';

const native: EngineResult = {
  engine: { name: 'native', library: 'TensorFlow 2.15.1', processes: 2, threads: 1 },
  imagesPerSecond: 6000,
};
const portable: EngineResult = {
  engine: { name: 'portable', library: 'tfjs WebAssembly', processes: 2, threads: 1 },
  imagesPerSecond: 2000,
};
const missing: EngineResult = {
  error: new DigitsError('no-engine', 'TensorFlow is not installed; run "npm run setup".'),
};

describe('the report on the engines', () => {
  it('says how the portable engine does beside the native one', () => {
    const report: EngineReport = { choice: 'auto', results: { native, portable } };
    expect(engineSentence(report)).toBe(
      'Digits runs on the native engine, TensorFlow 2.15.1 on 2 processes of 1 thread: 6,000 images a second. The portable engine works too: 2,000 images a second, so a training takes 3.0 times as long.',
    );
    expect(engineLines(report, 'a machine')).toEqual(
      expect.arrayContaining([
        'a machine',
        'asked for: auto',
        expect.stringMatching(/^native engine, used: /),
        expect.stringMatching(/^portable engine: /),
      ]),
    );
  });

  it('says why the portable engine runs and how to get the faster one', () => {
    expect(engineSentence({ choice: 'auto', results: { native: missing, portable } })).toMatch(
      /portable engine.*2,000 images a second\. The native engine does not run: .*npm run setup/,
    );
    expect(engineSentence({ choice: 'portable', results: { native, portable } })).toMatch(
      /native engine works too: 6,000 images a second, 3\.0 times as fast, and runs where "digits\.engine" is "auto"\./,
    );
  });

  it('is an error where the engine that was asked for does not run', () => {
    expect(() => chosenEngine({ choice: 'native', results: { native: missing, portable } })).toThrow(/not installed/);
    expect(() => chosenEngine({ choice: 'auto', results: { native: missing, portable: missing } })).toThrow(
      /not installed/,
    );
    expect(chosenEngine({ choice: 'auto', results: { native: missing, portable } })).toBe('portable');
  });
});
