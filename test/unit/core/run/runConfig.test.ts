import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { overrideHelp } from '../../../../src/core/overrides';
import { presets, type PresetName } from '../../../../src/core/presets';
import { defaultSeed, newRunConfig, resolveConfig } from '../../../../src/core/run/runConfig';

describe('the configuration of a run', () => {
  it("is resolved from the preset and the user's values, processes included", () => {
    const overrides = { networks: 2, processes: 3, batchSize: 32 };
    expect(resolveConfig({ preset: 'balanced', epochs: 4, seed: 7, engine: 'portable', overrides })).toMatchObject({
      network: presets.balanced.network,
      batchSize: 32,
      networks: 2,
      epochs: 4,
      totalEpochs: 8,
      seed: 7,
      engine: 'portable',
      processes: 3,
    });
  });

  it('takes what it leaves open from the preset, and lets engine and machine decide on processes', () => {
    expect(resolveConfig({ preset: 'best' })).toMatchObject({
      epochs: presets.best.epochs,
      totalEpochs: presets.best.epochs * presets.best.networks,
      seed: defaultSeed,
      engine: 'auto',
      processes: undefined,
    });
  });

  it('is kept with epochs and seed, and with what the user chose beside them', () => {
    expect(newRunConfig({ preset: 'quick', overrides: {}, engine: 'auto', skipBadRows: false })).toEqual({
      preset: 'quick',
      epochs: presets.quick.epochs,
      seed: defaultSeed,
      engine: 'auto',
    });
    expect(
      newRunConfig({
        preset: 'quick',
        overrides: { width: 2 },
        engine: 'native',
        epochs: 3,
        seed: 0,
        limit: 42_000,
        skipBadRows: true,
      }),
    ).toEqual({
      preset: 'quick',
      epochs: 3,
      overrides: { width: 2 },
      seed: 0,
      engine: 'native',
      limit: 42_000,
      skipBadRows: true,
    });
  });

  it.each([
    ['quick' as const, { networks: 50 }, 1311],
    ['balanced' as const, {}, 65_537],
  ])('has no more epochs than a run may have: %s, %j, %i', (preset, overrides, epochs) => {
    const choice = { preset, overrides, engine: 'auto' as const };
    expect(() => newRunConfig({ ...choice, epochs })).toThrow(/are more than the 65,536 that a run may have/);
    expect(newRunConfig({ ...choice, epochs: epochs - 1 }).epochs).toBe(epochs - 1);
  });

  it('has no value without an effect', () => {
    const choice = { overrides: { weightDecay: 0.01 }, engine: 'auto' as const };
    expect(() => newRunConfig({ ...choice, preset: 'notebook' })).toThrow(
      '"weightDecay" has no effect with the preset notebook, whose optimizer is RMSprop; leave it out, or choose another preset.',
    );
    expect(newRunConfig({ ...choice, preset: 'quick' }).overrides).toEqual({ weightDecay: 0.01 });
  });

  it('has no value without an effect, whatever preset it is for: two of them make two configurations, or are refused', () => {
    for (const preset of Object.keys(presets) as PresetName[])
      for (const [name] of overrideHelp) {
        const of = (value: number) =>
          resolveConfig(newRunConfig({ preset, overrides: { [name]: value }, engine: 'auto' }));
        const [one, other] =
          name === 'width' || name === 'networks' ? [1, 2] : name === 'batchSize' ? [2, 4] : [0, 0.5];
        const values = ['crop', 'processes'].includes(name) ? [1, 2] : [one, other];
        const same = (): boolean => isDeepStrictEqual(of(values[0]!), of(values[1]!));
        if (name === 'weightDecay' && preset === 'notebook') expect(same).toThrow('has no effect');
        else expect(same(), `${name} with ${preset}`).toBe(false);
      }
  });
});
