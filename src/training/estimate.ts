import { chain } from '../core/network';
import { resolvePreset } from '../core/overrides';
import { Random } from '../core/random';
import type { Estimate, EstimateJob } from '../protocol/training';
import { Crew, layoutFor } from './crew';

const warmUp = 3;
const measured = 8;

/**
 * What an epoch takes on this machine, validation included: the median of a few steps on noise, after some that warm up.
 * Takes about two seconds.
 */
export async function estimate({ engine, preset: name, overrides, rows, side, classes }: EstimateJob): Promise<Estimate> {
  const preset = resolvePreset(name, overrides);
  const crew = await Crew.start(engine, layoutFor(preset.threads, overrides?.processes));
  try {
    await crew.all('build', () => ({ layers: chain(preset.network, side, preset.crop, classes), side, seed: 1, labelSmoothing: preset.labelSmoothing }));
    const size = Math.max(Math.round(preset.batchSize / crew.size), 1);
    const total = (warmUp + measured) * size;
    const random = new Random(1);
    const pixels = Uint8Array.from({ length: total * side * side }, () => random.uniform(0, 256));
    await crew.all('addImages', () => ({ total, pixels, classes: Uint16Array.from({ length: total }, (_, i) => i % classes), ids: Uint32Array.from({ length: total }, (_, i) => i) }));
    await crew.all('begin', shard => ({ seed: 1, shard, shards: crew.size, size, ink: 255, augmentation: preset.augmentation, optimizer: preset.optimizer, averaging: 0 }));
    const times: number[] = [];
    for (let step = 0; step < warmUp + measured; step++) {
      const began = performance.now();
      // An epoch of one step.
      await crew.all('epoch', () => ({ epoch: step + 1, rates: Float64Array.of(1e-3) }));
      times.push((performance.now() - began) / 1000);
    }
    const step = times.slice(warmUp).sort((a, b) => a - b)[measured >> 1]!;
    const validation = Math.ceil(rows * preset.validationShare);
    // An image of the validation set takes about a third of a training image: there is no way back.
    const secondsPerEpoch = (Math.max((rows - validation) / preset.batchSize, 1) * step + ((validation / preset.batchSize) * step) / 3) * preset.networks;
    return { engine: crew.engine, secondsPerEpoch };
  } finally {
    crew.dispose();
  }
}
