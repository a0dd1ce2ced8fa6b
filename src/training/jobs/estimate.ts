import { chain } from '../../core/network';
import { resolvePreset } from '../../core/overrides';
import { defaultPreset, presets, type Preset } from '../../core/presets';
import { Random } from '../../core/random';
import type { EngineName } from '../../core/run/runRecord';
import type { EngineSpeed, Estimate, EstimateJob } from '../../protocol/training';
import { WorkerGroup, layoutFor } from '../distributed/workerGroup';

const warmUp = 3;
/** Steps that an estimate measures; the images are made up for as many. */
const steps = 8;

/**
 * What an epoch takes on this machine, validation included: the median of a few steps on noise, after some that warm up.
 * Takes about two seconds.
 */
export async function estimate({
  engine,
  preset: name,
  overrides,
  rows,
  side,
  classes,
}: EstimateJob): Promise<Estimate> {
  const preset = resolvePreset(name, overrides);
  const workers = await WorkerGroup.start(engine, layoutFor(preset.threads, overrides?.processes));
  try {
    const step = await medianStep(workers, preset, { side, classes, enough: times => times.length >= steps });
    const validation = Math.ceil(rows * preset.validationShare);
    // An image of the validation set takes about a third of a training image: there is no way back.
    const secondsPerEpoch =
      (Math.max((rows - validation) / preset.batchSize, 1) * step + ((validation / preset.batchSize) * step) / 3) *
      preset.networks;
    return { engine: workers.engine, secondsPerEpoch };
  } finally {
    workers.dispose();
  }
}

/** How fast this engine trains the default preset's network on images of 28x28, measured for a second. Throws `no-engine` and `engine-died`. */
export async function measureEngine(engine: EngineName): Promise<EngineSpeed> {
  const preset = presets[defaultPreset];
  const workers = await WorkerGroup.start(engine, layoutFor(preset.threads));
  try {
    const enough = (times: readonly number[]): boolean => times.reduce((sum, time) => sum + time, 0) >= 1;
    const step = await medianStep(workers, preset, { side: 28, classes: 10, enough });
    return { engine: workers.engine, imagesPerSecond: preset.batchSize / step };
  } finally {
    workers.dispose();
  }
}

interface Measurement {
  readonly side: number;
  readonly classes: number;
  /** Given the seconds of each step so far. */
  enough(times: readonly number[]): boolean;
}

/** The seconds that a step takes, as a median, on made-up images. */
async function medianStep(
  workers: WorkerGroup,
  preset: Preset,
  { side, classes, enough }: Measurement,
): Promise<number> {
  await workers.all('build', () => ({
    layers: chain(preset.network, side, preset.crop, classes),
    side,
    seed: 1,
    labelSmoothing: preset.labelSmoothing,
  }));
  const size = Math.max(Math.round(preset.batchSize / workers.size), 1);
  const total = steps * size;
  const random = new Random(1);
  const pixels = Uint8Array.from({ length: total * side * side }, () => random.uniform(0, 256));
  await workers.all('addImages', () => ({
    total,
    pixels,
    classes: Uint16Array.from({ length: total }, (_, i) => i % classes),
    ids: Uint32Array.from({ length: total }, (_, i) => i),
  }));
  await workers.all('begin', shard => ({
    seed: 1,
    shard,
    shards: workers.size,
    size,
    ink: 255,
    augmentation: preset.augmentation,
    optimizer: preset.optimizer,
    averaging: 0,
  }));
  const times: number[] = [];
  for (let step = 0; !enough(times); step++) {
    const began = performance.now();
    // An epoch of one step, each of other images.
    await workers.all('epoch', () => ({ epoch: step + 1, rates: Float64Array.of(1e-3) }));
    if (step >= warmUp) times.push((performance.now() - began) / 1000);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}
