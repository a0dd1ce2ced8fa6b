import { chain } from '../core/network';
import { resolvePreset } from '../core/overrides';
import { Random } from '../core/random';
import type { Estimate, EstimateJob } from '../protocol/training';
import { Crew, layoutFor } from './crew';
import { stepsPerEpoch } from './epoch';
import { Trainer } from './trainer';

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
    const [network] = await crew.all('build', () => ({ layers: chain(preset.network, side, preset.crop, classes), side, seed: 1, labelSmoothing: preset.labelSmoothing }));
    const trainer = new Trainer(crew, network!.tensors, preset, network!.weights);
    const size = Math.max(Math.round(preset.batchSize / crew.size), 1);
    const total = (warmUp + measured) * size;
    const random = new Random(1);
    const pixels = Uint8Array.from({ length: total * side * side }, () => random.uniform(0, 256));
    await crew.all('addImages', () => ({ total, pixels, classes: Uint16Array.from({ length: total }, (_, i) => i % classes), ids: Uint32Array.from({ length: total }, (_, i) => i) }));
    await crew.all('plan', shard => ({ seed: 1, shard, size, ink: 255, augmentation: preset.augmentation }));
    const times: number[] = [];
    for (let step = 0; step < warmUp + measured; step++) {
      const began = performance.now();
      await trainer.step(1, step, 1e-3);
      times.push((performance.now() - began) / 1000);
    }
    const step = times.slice(warmUp).sort((a, b) => a - b)[measured >> 1]!;
    const validation = Math.ceil(rows * preset.validationShare);
    // An image of the validation set takes about a third of a training image: there is no way back.
    const secondsPerEpoch = (stepsPerEpoch(rows - validation, preset.batchSize) * step + ((validation / preset.batchSize) * step) / 3) * preset.networks;
    return { engine: crew.engine, secondsPerEpoch };
  } finally {
    crew.dispose();
  }
}
