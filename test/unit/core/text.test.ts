import { describe, expect, it } from 'vitest';
import { bytes, duration, percent, roughDuration } from '../../../src/core/text';

describe('numbers for people', () => {
  it('says durations as one would', () => {
    expect([0.84, 9.94, 9.96, 59.4, 60, 200, 3599.6, 3900, 7200].map(duration)).toEqual([
      '0.8 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min',
      '3 min 20 s',
      '1 h',
      '1 h 5 min',
      '2 h',
    ]);
  });

  it('never rounds a share up to all, nor down to none', () => {
    expect([27_999 / 28_000, 1 - 1e-12, 1, 0.5, 0.000001, 0].map(share => percent(share))).toEqual([
      '99.99 %',
      '99.99 %',
      '100.00 %',
      '50.00 %',
      '0.01 %',
      '0.00 %',
    ]);
    expect([0.9996, 0.0004].map(share => percent(share, 1))).toEqual(['99.9 %', '0.1 %']);
  });

  it('does not pretend that a guess is exact', () => {
    expect([0.2, 7.2, 43, 118, 119.9, 200, 4000].map(roughDuration)).toEqual([
      '1 s',
      '8 s',
      '45 s',
      '2 min',
      '2 min',
      '3 min',
      '1 h 7 min',
    ]);
  });

  it('says shares and sizes', () => {
    expect(percent(0.98714)).toBe('98.71 %');
    expect([999, 51_100_077, 1.8e9].map(bytes)).toEqual(['999 B', '51.1 MB', '1.8 GB']);
  });
});
