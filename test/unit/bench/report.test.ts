import { describe, expect, it } from 'vitest';
import { trainingSpeed } from '../../../bench/lib/digits.mjs';
import { table } from '../../../bench/lib/table.mjs';
import { logScale, logTicks, plot } from '../../../bench/plot.mjs';
import { report, series } from '../../../bench/report.mjs';

const training = (preset: string, seed: number, seconds: number, accuracy: number) => ({
  preset,
  seed,
  seconds,
  accuracy,
  trainingRows: 100,
  epochs: [{ epoch: 1, seconds, valAccuracy: 0.98 }],
  imagesPerSecond: 1000,
  prediction: { imagesPerSecond: 3000 },
});

const data = {
  identity: {
    mode: 'short',
    processor: 'A processor',
    cores: 2,
    memory: '8 GiB',
    system: 'Linux',
    node: '20',
    digits: '1',
    build: 'abc',
  },
  date: '2026-11-22',
  leftOut: ['PyTorch'],
  parts: {
    csv: { seconds: { digits: [1, 1], pandas: [2, 4] }, versions: {} },
    keras: {
      versions: {},
      epochs: [
        { epoch: 1, seconds: 81, trainSeconds: 47, validationSeconds: 4, accuracy: 0.98, valAccuracy: 0.97 },
        { epoch: 2, seconds: 50, trainSeconds: 46, validationSeconds: 4, accuracy: 0.9905, valAccuracy: 0.99 },
      ],
    },
    'Digits quick seed 1': training('quick', 1, 10, 0.989),
    'Digits quick seed 2': training('quick', 2, 20, 0.991),
  },
};

describe('the report', () => {
  it('gives ratios of rounds, and times in epochs of Keras that did not idle', () => {
    const text = report(data);
    expect(text).toMatch(/Reading train\.csv, beside pandas +\| +3\.00 \| 2\.00 – 4\.00/);
    expect(text).toMatch(/Digits quick +\| +2 \| 99\.00 % \| 99\.000 % \| 98\.90 % – 99\.10 % \| 15\.0 \| 0\.300/);
    expect(text).toMatch(/Digits quick +\| +20\.0 s = 0\.400 K1 \(1 of 2 seeds\) \| +– /);
    expect(text).toMatch(/Keras, the notebook +\| +100 s = 2\.00 K1 \(epoch 2\)/);
    expect(text).toContain(
      '50.0 s here, the\nshortest of 2, without what Keras 2 idles at the end of an epoch (1 of them)',
    );
    expect(text).toContain('Left out: PyTorch.');
  });

  it('tells where the time of a step goes', () => {
    const text = report({
      ...data,
      parts: {
        steps: {
          ratios: [],
          versions: {},
          profile: [
            { what: 'convolutions', share: 0.25 },
            { what: 'pools', share: 0.04 },
          ],
        },
      },
    });
    expect(text).toMatch(/\| convolutions \| +25\.0 % \|\n\| pools +\| +4\.0 % \|/);
    expect(report(data)).not.toContain('share of the step');
  });

  it('says what there is where nothing was measured', () => {
    expect(report({ ...data, parts: {} })).toContain('A processor');
    expect(plot(series({ ...data, parts: {} }))).toContain('</svg>');
  });

  it('plots a point for each training and each epoch of Keras', () => {
    const svg = plot(series(data));
    expect(svg.match(/<circle [^>]*><title>/g)).toHaveLength(4);
    expect(svg).not.toContain('NaN');
  });
});

describe('scales and tables', () => {
  it('places values by their logarithm', () => {
    const scale = logScale(1, 100, 0, 200);
    expect([1, 10, 100].map(scale)).toEqual([0, 100, 200]);
    expect(logTicks(0.4, 25)).toEqual([0.5, 1, 2, 5, 10, 20]);
  });

  it('pads columns, numbers flush right', () => {
    expect(
      table(
        ['what', 'n'],
        [
          ['a', 1000],
          ['long name', undefined],
        ],
      ).split('\n'),
    ).toEqual(['| what      |    n |', '|-----------|-----:|', '| a         | 1000 |', '| long name |    – |']);
  });
});

describe('images a second of a training', () => {
  const started = { event: 'started', trainingRows: 1000 };

  it('are of the time in training alone, in the last epoch', () => {
    const epochs = [3, 2].map((trainSeconds, i) => ({ event: 'epoch', epoch: i + 1, seconds: 9, trainSeconds }));
    expect(trainingSpeed([started, ...epochs])).toBe(500);
  });
});
