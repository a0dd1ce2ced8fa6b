import type { FileContent } from '../../store/atomicFile';
import { chain } from '../../core/network';
import type { TensorSpec } from '../../core/optimizer';
import type { ResolvedConfig } from '../../core/run/runConfig';
import type { LayerSummary } from '../../core/run/runRecord';
import type { BuiltNetwork, NetworkPlan } from '../../protocol/worker';
import type { TrainingData } from '../data/trainingData';
import type { WorkerGroup } from '../distributed/workerGroup';
import { composeWeights, modelFiles } from '../network/modelFile';

/** The networks of a run, which are trained one after the other and whose probabilities are averaged. */
export class Ensemble {
  private readonly workers: WorkerGroup;
  private readonly plan: NetworkPlan;
  /** Weights of each finished network. */
  private readonly done: Float32Array[];
  private network: BuiltNetwork;

  private constructor(workers: WorkerGroup, plan: NetworkPlan, done: Float32Array[], network: BuiltNetwork) {
    this.workers = workers;
    this.plan = plan;
    this.done = done;
    this.network = network;
  }

  /** Builds in every worker the network that follows the `finished` ones. */
  static async build(
    workers: WorkerGroup,
    config: ResolvedConfig,
    data: TrainingData,
    finished: readonly Float32Array[],
  ): Promise<Ensemble> {
    // Kaggle's digits leave the border empty, other images may not.
    const crop = Math.min(config.crop, data.border);
    const layers = chain(config.network, data.side, crop, data.record.classes.length);
    const plan = { layers, side: data.side, seed: config.seed, labelSmoothing: config.labelSmoothing };
    return new Ensemble(workers, plan, [...finished], await buildNetwork(workers, plan, finished.length));
  }

  get finished(): readonly Float32Array[] {
    return this.done;
  }

  /** The layers of each network. */
  get layers(): readonly LayerSummary[] {
    return this.network.summary;
  }

  /** The tensors of each network, in the order of its weights. */
  get tensors(): readonly TensorSpec[] {
    return this.network.tensors;
  }

  /** Adds the current network, which is trained, to the finished ones. */
  finish(weights: Float32Array): void {
    this.done.push(weights);
  }

  /** Builds the next network in every worker. */
  async buildNext(): Promise<void> {
    this.network = await buildNetwork(this.workers, this.plan, this.done.length);
  }

  /** The files of the model that averages the finished networks and the current one with these weights. */
  async modelFiles(runFolder: string, epoch: number, weights: Float32Array): Promise<readonly FileContent[]> {
    const networks = [...this.done, weights];
    const { layers, side } = this.plan;
    const composed = await this.workers.one(0, 'compose', { layers, side, networks: networks.length });
    return modelFiles(
      runFolder,
      epoch,
      composed.topology,
      composeWeights(networks, this.network.tensors, composed.tensors),
    );
  }
}

async function buildNetwork(workers: WorkerGroup, plan: NetworkPlan, index: number): Promise<BuiltNetwork> {
  // Seeds far apart: a network of one run must not be that of a run with the next seed.
  const [built] = await workers.all('build', () => ({ ...plan, seed: plan.seed + index * 100_003 }));
  return built!;
}
