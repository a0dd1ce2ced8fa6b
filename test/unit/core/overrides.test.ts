import { describe, expect, it } from 'vitest';
import { DigitsError } from '../../../src/core/errors';
import { overrideHelp, parseOverrides, resolvePreset } from '../../../src/core/overrides';
import { presets } from '../../../src/core/presets';

describe("a user's own values", () => {
  it("take the place of the preset's, and leave the others", () => {
    const preset = resolvePreset('quick', {
      learningRate: 0.5,
      batchSize: 32,
      rotation: 5,
      weightDecay: 0.2,
      validationShare: 0,
    });
    expect(preset).toMatchObject({
      schedule: { type: 'oneCycle', peak: 0.5 },
      batchSize: 32,
      augmentation: { rotation: 5, zoom: 0 },
      optimizer: { decay: 0.2 },
      validationShare: 0,
    });
    expect(preset.network).toBe(presets.quick.network);
    expect(resolvePreset('quick')).toBe(presets.quick);
    expect(resolvePreset('notebook', { learningRate: 0.5 }).schedule).toMatchObject({ type: 'plateau', rate: 0.5 });
  });

  it('widen every convolution', () => {
    const filters = (preset: typeof presets.quick): number[] =>
      preset.network.flatMap(layer => (layer.type === 'conv' ? [layer.filters] : []));
    expect(filters(resolvePreset('quick', { width: 2 }))).toEqual(filters(presets.quick).map(count => 2 * count));
  });

  it('are read from text and numbers alike', () => {
    expect(parseOverrides({ learningRate: '0.01', networks: 3 })).toEqual({ learningRate: 0.01, networks: 3 });
  });

  it('keep their meaning under a former name, which gives way to the present one', () => {
    expect(parseOverrides({ averaging: '0.99' })).toEqual({ emaDecay: 0.99 });
    expect(parseOverrides({ emaDecay: 0.5, averaging: 0.99 })).toEqual({ emaDecay: 0.5 });
    expect(() => parseOverrides({ averaging: 2 })).toThrow(/"averaging" takes a number from 0 to 0\.9999/);
  });

  it.each([
    [{ learnRate: 1 }, /"learnRate".*learningRate/],
    [{ learningRate: 'fast' }, /"learningRate".*0\.000001 to 1.*"fast"|"learningRate".*1e-6 to 1.*"fast"/],
    [{ learningRate: 2 }, /to 1, not "2"/],
    [{ batchSize: 2.5 }, /whole number/],
    [{ batchSize: '' }, /whole number/],
    [{ emaDecay: NaN }, /"emaDecay"/],
    [{ constructor: 1 }, /"constructor" is no value/],
  ])('are refused where they make no sense: %j', (values, message) => {
    expect(() => parseOverrides(values)).toThrow(message);
    expect(() => parseOverrides(values)).toThrow(DigitsError);
  });

  it('are each explained', () => {
    for (const [name, what] of overrideHelp) {
      expect(what.length).toBeGreaterThan(5);
      expect(
        parseOverrides({
          [name]:
            name === 'learningRate' ? 0.5 : ['batchSize', 'networks', 'processes', 'width'].includes(name) ? 2 : 0,
        }),
      ).toHaveProperty(name);
    }
  });
});
