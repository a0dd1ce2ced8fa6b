import type { Random } from '../core/random';
import type { PresetName } from '../core/run/runRecord';
import type { Kernels } from './engine/kernels';
import { stepsPerEpoch } from './epoch';
import { buildModel, chain } from './network/model';
import { Trainer } from './network/trainer';
import { fitNetwork, presets } from '../core/presets';

/**
 * Seconds that an epoch of `rows` images takes on this machine, validation included: the best of a few steps on noise,
 * after one that warms up. Takes about a second.
 */
export async function estimateEpoch(name: PresetName, rows: number, side: number, classes: number, kernels: Kernels, random: Random): Promise<number> {
  const preset = presets[name];
  const network = chain(fitNetwork(preset.network, side - 2 * preset.crop), preset.crop, classes);
  const model = buildModel(network, side, 1);
  const trainer = new Trainer(model, network, preset, kernels, 1);
  const images = Float32Array.from({ length: preset.batchSize * side * side }, () => random.uniform(0, 1));
  const labels = new Int32Array(preset.batchSize).map((_, i) => i % classes);
  const times: number[] = [];
  for (let step = 0; step < 5; step++) {
    const began = performance.now();
    trainer.step(images, labels, side, 1e-3);
    times.push((performance.now() - began) / 1000);
    await new Promise(resolve => setImmediate(resolve));
  }
  trainer.dispose();
  model.dispose();
  const step = Math.min(...times.slice(1));
  const validation = Math.ceil(rows * preset.validationShare);
  // An image of the validation set takes about a third of a training image: there is no way back.
  return stepsPerEpoch(rows - validation, preset.batchSize) * step + ((validation / preset.batchSize) * step) / 3;
}
