import { describe, expect, it } from 'vitest';
import { areFinite, requireFinite } from '../../../src/core/finite';

describe('numbers', () => {
  it.each([
    [[], true],
    [[0, -0, 3.4e38, -3.4e38, 1e-45], true],
    [[1, NaN], false],
    [[Infinity, 1], false],
    [[1, -Infinity, 1], false],
    // Beyond the greatest float, though not beyond the greatest number of JavaScript.
    [[1, 1e39], false],
  ])('%j are all finite: %s', (values, finite) => {
    expect(areFinite(Float32Array.from(values))).toBe(finite);
  });

  it('of a network that are not finite are refused with what helps', () => {
    expect(() => requireFinite(Float32Array.of(0.5, 0.5), 'of run a')).not.toThrow();
    const attempt = (): void => requireFinite(Float32Array.of(0.5, NaN), 'of run a');
    expect(attempt).toThrow(
      'The predictions of run a are not finite numbers, as when a training diverges; use another run, or train again with a lower learning rate.',
    );
    expect(attempt).toThrow(expect.objectContaining({ code: 'diverged' }));
  });
});
