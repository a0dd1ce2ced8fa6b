import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets, type PresetName } from '../../../../src/core/presets';
import { fewRowsWords, fitToRows } from '../../../../src/core/run/fewRows';
import { newRunConfig, resolveConfig } from '../../../../src/core/run/runConfig';

const names = Object.keys(presets) as PresetName[];
const anyName = fc.constantFrom(...names);
const batchOf = (name: PresetName, rows: number, epochs?: number): number => {
  const { fewRows } = fitToRows(name, {}, rows, epochs);
  return fewRows?.batchSize ?? presets[name].batchSize;
};
const trained = (name: PresetName, rows: number): number => rows - Math.ceil(rows * presets[name].validationShare);

describe('a preset fitted to the rows', () => {
  it("is used as it is on Kaggle's 42,000 rows and more", () => {
    fc.assert(
      fc.property(anyName, fc.integer({ min: 42_000, max: 5_000_000 }), (name, rows) => {
        expect(fitToRows(name, {}, rows)).toEqual({ epochs: presets[name].epochs });
      }),
    );
  });

  it('has its least number of steps on 100 rows and more, never fewer epochs than its own, and at most 400 added', () => {
    fc.assert(
      fc.property(anyName, fc.integer({ min: 100, max: 42_000 }), (name, rows) => {
        const { epochs } = fitToRows(name, {}, rows);
        const { leastSteps, batchSize } = presets[name];
        expect(epochs * trained(name, rows)).toBeGreaterThanOrEqual(leastSteps * batchSize);
        expect(epochs).toBeGreaterThanOrEqual(presets[name].epochs);
        expect(epochs).toBeLessThanOrEqual(400);
      }),
    );
  });

  it('goes less often over more rows, in batches that do not shrink', () => {
    fc.assert(
      fc.property(anyName, fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 1, max: 60_000 }), (name, a, b) => {
        const [few, many] = [Math.min(a, b), Math.max(a, b)];
        expect(fitToRows(name, {}, few).epochs).toBeGreaterThanOrEqual(fitToRows(name, {}, many).epochs);
        expect(batchOf(name, few)).toBeLessThanOrEqual(batchOf(name, many));
      }),
    );
  });

  it("obeys the user's own epochs and batch size", () => {
    fc.assert(
      fc.property(
        anyName,
        fc.integer({ min: 2, max: 60_000 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 2, max: 4096 }),
        (preset, rows, epochs, batchSize) => {
          const config = newRunConfig({ preset, rows, epochs, overrides: { batchSize }, engine: 'auto' });
          expect(resolveConfig(config)).toMatchObject({ epochs, batchSize });
        },
      ),
    );
  });

  it('takes the rows of a limit for all there are', () => {
    const limited = newRunConfig({ preset: 'quick', rows: 42_000, limit: 2000, overrides: {}, engine: 'auto' });
    const { limit, ...config } = limited;
    expect(limit).toBe(2000);
    expect(config).toEqual(newRunConfig({ preset: 'quick', rows: 2000, overrides: {}, engine: 'auto' }));
    expect(resolveConfig(config)).toMatchObject({ epochs: 18, batchSize: 32 });
  });

  it('is the preset where the rows are not known', () => {
    expect(newRunConfig({ preset: 'quick', overrides: {}, engine: 'auto' })).not.toHaveProperty('fewRows');
  });

  it('augments the images of quick where they come again and again, also under values of the user', () => {
    expect(
      resolveConfig(newRunConfig({ preset: 'quick', rows: 300, overrides: {}, engine: 'auto' })).augmentation,
    ).toEqual(presets.balanced.augmentation);
    const overrides = { rotation: 20 };
    expect(resolveConfig(newRunConfig({ preset: 'quick', rows: 300, overrides, engine: 'auto' })).augmentation).toEqual(
      {
        ...presets.balanced.augmentation,
        shear: 0,
        strokes: 0,
        rotation: 20,
      },
    );
  });

  it('waits in the notebook for as large a part of the training as on all rows before it lowers the rate', () => {
    const { epochs, schedule } = resolveConfig(
      newRunConfig({ preset: 'notebook', rows: 300, overrides: {}, engine: 'auto' }),
    );
    expect(epochs).toBe(119);
    expect(schedule).toMatchObject({ patience: 72 });
  });

  it('lets the means of batch normalisation follow steps that are few, and none that are many', () => {
    const momentum = (epochs: number | undefined, rows = 2000): number | undefined =>
      fitToRows('quick', {}, rows, epochs).fewRows?.batchNormMomentum;
    expect(momentum(1)).toBeCloseTo(1 - 10 / 56);
    expect(momentum(1, 300)).toBe(0.5);
    expect(momentum(2)).toBeUndefined();
    expect(momentum(undefined)).toBeUndefined();
    expect(fitToRows('quick', { batchSize: 4096 }, 42_000).fewRows).toEqual({ batchNormMomentum: 0.5 });
  });
});

describe('what is said of few rows', () => {
  const words = (preset: PresetName, rows: number, epochs?: number, overrides = {}): string | undefined =>
    fewRowsWords(newRunConfig({ preset, rows, epochs, overrides, engine: 'auto' }), epochs !== undefined);

  it('is what is done otherwise than in the preset, and nothing where nothing is', () => {
    expect(words('quick', 2000)).toBe(
      'The rows are few, so quick trains with 18 epochs instead of 1, batches of 32 instead of 128 and augmentation.',
    );
    expect(words('balanced', 2000)).toBe(
      'The rows are few, so balanced trains with 18 epochs instead of 9 and batches of 32 instead of 128.',
    );
    expect(words('balanced', 2000, 3)).toBe('The rows are few, so balanced trains with batches of 32 instead of 128.');
    expect(words('balanced', 2000, 3, { batchSize: 128 })).toBeUndefined();
    expect(words('quick', 42_000)).toBeUndefined();
  });
});
