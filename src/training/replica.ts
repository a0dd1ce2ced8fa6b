import { copyImage } from '../core/augment';
import { sizeOf, type TensorSpec } from '../core/optimizer';
import type { EngineName } from '../core/run/runRecord';
import type { BatchPlan, BuiltNetwork, ComposedModel, NetworkPlan, ReplicaImages, ReplicaMethods, SavedModel, ShardGradients } from '../protocol/replica';
import { Batches } from './batches';
import type { Kernels } from './engine/kernels';
import { loadEngine } from './engine/load';
import { GradientFinder } from './network/gradients';
import { buildModel, composeModel, summarise } from './network/model';
import * as tf from './tf';

// Large enough that the kernels are busy, small enough that their results stay in the processor's cache.
const predictAtOnce = 128;

/** The methods of one replica of the network. */
export function replicaMethods(): ReplicaMethods {
  const replica = new Replica();
  return {
    loadEngine: name => replica.loadEngine(name),
    build: network => replica.build(network),
    compose: model => replica.compose(model),
    load: model => replica.load(model),
    addImages: part => replica.addImages(part),
    plan: plan => replica.plan(plan),
    gradients: job => replica.gradients(job),
    predict: job => replica.predict(job),
  };
}

class Replica {
  private kernels: Kernels | undefined;
  private model: tf.LayersModel | undefined;
  private finder: GradientFinder | undefined;
  private tensors: readonly TensorSpec[] = [];
  private side = 0;
  private batches: Batches | undefined;
  private batchPlan: BatchPlan | undefined;

  async loadEngine(name: EngineName) {
    const { engine, kernels } = await loadEngine(name);
    this.kernels = kernels;
    return engine;
  }

  async build({ layers, side, seed, labelSmoothing }: NetworkPlan): Promise<BuiltNetwork> {
    this.model?.dispose();
    const model = buildModel(layers, side, seed);
    this.model = model;
    this.side = side;
    this.finder = new GradientFinder(model, layers, labelSmoothing, this.kernels!);
    const { weights, tensors } = await artifacts(model);
    this.tensors = tensors;
    return { summary: summarise(model), tensors, weights };
  }

  async compose({ layers, side, networks }: Parameters<ReplicaMethods['compose']>[0]): Promise<ComposedModel> {
    const model = composeModel(layers, side, networks);
    const { topology, tensors } = await artifacts(model);
    model.dispose();
    return { topology, tensors };
  }

  async load({ topology, weightSpecs, weights }: SavedModel): Promise<void> {
    this.model?.dispose();
    this.model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: topology as tf.io.ModelJSON['modelTopology'], weightSpecs: weightSpecs as tf.io.WeightsManifestEntry[], weightData: weights }));
    this.side = (this.model.inputs[0]!.shape as number[])[1]!;
  }

  addImages(part: ReplicaImages): void {
    this.batches ??= new Batches(part.total, this.side);
    this.batches.add(part);
  }

  plan(plan: BatchPlan): void {
    this.batchPlan = plan;
    this.batches!.start(plan);
  }

  gradients({ weights, epoch, step }: Parameters<ReplicaMethods['gradients']>[0]): ShardGradients {
    this.setWeights(weights);
    const { images, classes } = this.batches!.draw(epoch, step);
    const { seed, shard } = this.batchPlan!;
    const found = this.finder!.find(images, classes, this.side, [seed * 1000 + shard * 100, epoch * 1_000_000 + step]);
    // While the others finish and the weights move.
    setImmediate(() => this.batches!.prepare(epoch, step + 1));
    return { ...found, images: classes.length };
  }

  predict({ weights, pixels, ink }: Parameters<ReplicaMethods['predict']>[0]): Float32Array {
    if (weights) this.setWeights(weights);
    const model = this.model!;
    const size = this.side * this.side;
    const n = pixels.length / size;
    const classes = (model.outputShape as number[])[1]!;
    const probabilities = new Float32Array(n * classes);
    for (let first = 0; first < n; first += predictAtOnce) {
      const count = Math.min(predictAtOnce, n - first);
      const images = new Float32Array(count * size);
      copyImage(pixels, first * size, images, 0, count * size, ink);
      // Nothing is returned through tidy(): it would look at every number for a tensor.
      tf.tidy(() => {
        const batch = model.predictOnBatch(tf.tensor4d(images, [count, this.side, this.side, 1])) as tf.Tensor;
        probabilities.set(batch.dataSync(), first * classes);
      });
    }
    return probabilities;
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
    tensors: model.weights.map(weight => ({ name: weight.originalName, shape: weight.shape as number[], trained: model.trainableWeights.includes(weight) })),
    weights: new Float32Array(tf.io.CompositeArrayBuffer.join(found!.weightData)),
  };
}

interface BuiltModel extends ComposedModel {
  readonly weights: Float32Array;
}
