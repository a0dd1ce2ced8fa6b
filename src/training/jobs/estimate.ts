import { chain } from '../../core/network';
import { defaultPreset } from '../../core/presets';
import { Random } from '../../core/random';
import { resolveConfig, type ResolvedConfig } from '../../core/run/runConfig';
import type { EngineName } from '../../core/run/runRecord';
import type { EngineSpeed, Estimate, EstimateJob } from '../../protocol/training';
import { WorkerGroup, layoutFor } from '../distributed/workerGroup';

const warmUp = 3;
/** Steps of an epoch that is measured; there are random images for as many. */
const steps = 8;
/** What an epoch takes beside its steps, in seconds: its files have to reach the disk. Few rows have many epochs. */
const ending = 0.03;
/** Such epochs that an estimate measures. */
const epochs = 3;

/**
 * Estimates the time of an epoch on this machine, validation included, from the median of a few epochs of eight steps on noise,
 * after a warm-up. Takes about two seconds.
 */
export async function estimate({ config: choice, rows, side, classes }: EstimateJob): Promise<Estimate> {
  const config = resolveConfig(choice);
  const workers = await WorkerGroup.start(config.engine, layoutFor(config.threads, config.processes));
  try {
    const step = await medianStep(workers, config, { side, classes, enough: times => times.length >= epochs });
    const validation = Math.ceil(rows * config.validationShare);
    // A validation image takes about a third of the time of a training image: there is no backward pass.
    const secondsPerEpoch =
      (Math.max((rows - validation) / config.batchSize, 1) * step +
        ((validation / config.batchSize) * step) / 3 +
        ending) *
      config.networks;
    return { engine: workers.engine, secondsPerEpoch };
  } finally {
    workers.dispose();
  }
}

/** How fast this engine trains the default preset's network on images of 28x28, measured for a second. Throws `no-engine` and `engine-died`. */
export async function measureEngine(engine: EngineName): Promise<EngineSpeed> {
  const config = resolveConfig({ preset: defaultPreset, engine });
  const workers = await WorkerGroup.start(engine, layoutFor(config.threads));
  try {
    const enough = (times: readonly number[]): boolean => times.reduce((sum, time) => sum + time, 0) * steps >= 1;
    const step = await medianStep(workers, config, { side: 28, classes: 10, enough });
    return { engine: workers.engine, imagesPerSecond: config.batchSize / step };
  } finally {
    workers.dispose();
  }
}

interface Measurement {
  readonly side: number;
  readonly classes: number;
  /** Given the seconds of a step in each epoch so far. */
  enough(times: readonly number[]): boolean;
}

/** The median time of a step on random images, in seconds. */
async function medianStep(
  workers: WorkerGroup,
  config: ResolvedConfig,
  { side, classes, enough }: Measurement,
): Promise<number> {
  await workers.all('build', () => ({
    layers: chain(config.network, side, config.crop, classes),
    side,
    seed: 1,
    labelSmoothing: config.labelSmoothing,
  }));
  const size = Math.max(Math.round(config.batchSize / workers.size), 1);
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
    augmentation: config.augmentation,
    optimizer: config.optimizer,
    emaDecay: 0,
  }));
  // Several steps at once, as in a training: the next batch is made ready while gradients are exchanged.
  const train = (epoch: number, count: number): Promise<unknown> =>
    workers.all('epoch', () => ({ epoch, rates: new Float64Array(count).fill(1e-3) }));
  await train(1, warmUp);
  const times: number[] = [];
  for (let epoch = 2; !enough(times); epoch++) {
    const began = performance.now();
    await train(epoch, steps);
    times.push((performance.now() - began) / 1000 / steps);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}
