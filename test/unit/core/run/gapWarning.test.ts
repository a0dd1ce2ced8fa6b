import { describe, expect, it } from 'vitest';
import { gapWarning } from '../../../../src/core/run/gapWarning';

const warning = (accuracy: number, valAccuracy: number | undefined, rows: number): string | undefined =>
  gapWarning({ accuracy, ...(valAccuracy !== undefined && { valAccuracy }) }, rows);

describe('the warning of a validation far below the training', () => {
  it('says how far, and what helps', () => {
    expect(warning(0.769, 0.075, 200)).toMatch(
      /^The network is right on 76\.90 % of the training images and on only 7\.50 % of 200 validation images, .* More labelled images usually help,/,
    );
  });

  it('is not given for what so few validation images may come to by chance', () => {
    expect(warning(1, 0.9, 10)).toBeUndefined();
    expect(warning(1, 0.9, 1000)).toBeDefined();
    expect(warning(1, 0.6, 10)).toBeDefined();
  });

  it('is not given for a usual training, nor without a validation', () => {
    expect(warning(0.999, 0.985, 4200)).toBeUndefined();
    expect(warning(0.95, 0.99, 4200)).toBeUndefined();
    expect(warning(1, undefined, 0)).toBeUndefined();
  });
});
