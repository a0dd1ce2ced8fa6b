import { copyImage } from '../../core/augment';
import { sizeOf, type TensorSpec } from '../../core/optimizer';
import type { EngineName } from '../../core/run/runRecord';
import type {
  BuiltNetwork,
  ComposedModel,
  EpochSums,
  NetworkPlan,
  WorkerEvents,
  WorkerImages,
  WorkerMethods,
  SavedModel,
  TrainingPlan,
} from '../../protocol/worker';
import { Batches } from './batches';
import { collectGarbage } from './collectGarbage';
import { loadEngine, type LoadedEngine } from '../engine/load';
import { AllReduce } from './allReduce';
import { buildModel, composeModel, featureModel, summarise } from '../network/model';
import { joinPeers } from './peers';
import * as tf from '../network/tf';
import { makeSteps } from './steps';
import { Throttle } from '../../core/throttle';
import { Trainer } from './trainer';

// Large enough that the kernels are busy, small enough that their results stay in the processor's cache.
const predictAtOnce = 128;

/** The methods of a worker, which holds an engine and a copy of the network. */
export function workerMethods(events: WorkerEvents): WorkerMethods {
  const worker = new Worker(events);
  return {
    loadEngine: name => worker.loadEngine(name),
    join: place => worker.join(place),
    build: network => worker.build(network),
    compose: model => worker.compose(model),
    load: model => worker.load(model),
    addImages: part => worker.addImages(part),
    begin: plan => worker.begin(plan),
    epoch: job => worker.epoch(job),
    state: () => worker.trainer!.state,
    predict: job => worker.predict(job),
    features: job => worker.features(job),
  };
}

class Worker {
  private engine: LoadedEngine | undefined;
  private model: tf.LayersModel | undefined;
  /** Shares its layers with the model. */
  private featureModel: tf.LayersModel | undefined;
  private network: NetworkPlan | undefined;
  private tensors: readonly TensorSpec[] = [];
  private side = 0;
  private firstWeights: Float32Array = new Float32Array();
  private batches: Batches | undefined;
  private rank = 0;
  private allReduce: AllReduce | undefined;
  trainer: Trainer | undefined;
  private readonly events: WorkerEvents;

  constructor(events: WorkerEvents) {
    this.events = events;
  }

  async loadEngine(name: EngineName) {
    this.engine = await loadEngine(name);
    return this.engine.engine;
  }

  async build(plan: NetworkPlan): Promise<BuiltNetwork> {
    const { layers, side, seed } = plan;
    this.model?.dispose();
    const model = buildModel(layers, side, seed);
    this.model = model;
    this.side = side;
    this.network = plan;
    const { weights, tensors } = await artifacts(model);
    this.tensors = tensors;
    this.firstWeights = weights;
    return { summary: summarise(model), tensors, weights };
  }

  async compose({ layers, side, networks }: Parameters<WorkerMethods['compose']>[0]): Promise<ComposedModel> {
    const model = composeModel(layers, side, networks);
    const { topology, tensors } = await artifacts(model);
    model.dispose();
    return { topology, tensors };
  }

  async load({ topology, weightSpecs, weights }: SavedModel): Promise<void> {
    this.model?.dispose();
    this.model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: topology as tf.io.ModelJSON['modelTopology'],
        weightSpecs: weightSpecs as tf.io.WeightsManifestEntry[],
        weightData: weights,
      }),
    );
    this.featureModel = undefined;
    this.side = (this.model.inputs[0]!.shape as number[])[1]!;
  }

  async join({ rank, count, name }: Parameters<WorkerMethods['join']>[0]): Promise<void> {
    this.allReduce = new AllReduce(await joinPeers(rank, count, name));
    this.rank = rank;
  }

  addImages(part: WorkerImages): void {
    this.batches ??= new Batches(part.total, this.side);
    this.batches.add(part);
  }

  begin(plan: TrainingPlan): void {
    // The messages with the images.
    collectGarbage();
    this.batches!.start(plan);
    this.trainer?.dispose();
    const network = { ...this.network!, tensors: this.tensors, images: plan.size };
    this.trainer = new Trainer(
      makeSteps(this.engine!, network, this.allReduce!, plan, this.firstWeights),
      this.batches!,
      plan,
    );
  }

  epoch({ epoch, rates }: Parameters<WorkerMethods['epoch']>[0]): Promise<EpochSums> {
    const throttle = new Throttle();
    return this.trainer!.epoch(epoch, rates, sums => {
      if (this.rank === 0) throttle.run(() => this.events.stepped(sums));
    });
  }

  predict({ weights, pixels, ink }: Parameters<WorkerMethods['predict']>[0]): Float32Array {
    if (weights) this.setWeights(weights);
    return this.run(this.model!, pixels, ink);
  }

  features({ pixels, ink }: Parameters<WorkerMethods['features']>[0]): Float32Array {
    this.featureModel ??= featureModel(this.model!);
    return this.run(this.featureModel, pixels, ink);
  }

  /** What a model with one row of numbers an image says of images, one after the other. */
  private run(model: tf.LayersModel, pixels: Uint8Array, ink: number): Float32Array {
    const size = this.side * this.side;
    const n = pixels.length / size;
    const perImage = (model.outputShape as number[])[1]!;
    const values = new Float32Array(n * perImage);
    for (let first = 0; first < n; first += predictAtOnce) {
      const count = Math.min(predictAtOnce, n - first);
      const images = new Float32Array(count * size);
      copyImage(pixels, first * size, images, 0, count * size, ink);
      // Nothing is returned through tidy(): it would look at every number for a tensor.
      tf.tidy(() => {
        const batch = model.predictOnBatch(tf.tensor4d(images, [count, this.side, this.side, 1])) as tf.Tensor;
        values.set(batch.dataSync(), first * perImage);
      });
    }
    return values;
  }

  private setWeights(weights: Float32Array): void {
    let from = 0;
    this.tensors.forEach((tensor, i) => {
      const to = from + sizeOf(tensor);
      const value = tf.tensor(weights.subarray(from, to), [...tensor.shape]);
      this.model!.weights[i]!.write(value);
      value.dispose();
      from = to;
    });
  }
}

/** A model as tfjs layers format has it, its weights as one array. */
async function artifacts(model: tf.LayersModel): Promise<BuiltModel> {
  let found: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async saved => {
      found = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  return {
    topology: found!.modelTopology as object,
    tensors: model.weights.map(weight => ({
      name: weight.originalName,
      shape: weight.shape as number[],
      trained: model.trainableWeights.includes(weight),
    })),
    weights: new Float32Array(tf.io.CompositeArrayBuffer.join(found!.weightData)),
  };
}

interface BuiltModel extends ComposedModel {
  readonly weights: Float32Array;
}
