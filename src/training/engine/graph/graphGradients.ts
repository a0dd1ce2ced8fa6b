import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { scoreLogits, type GradientFinder, type Gradients, type StepPlan } from '../../network/gradients';
import { Graph } from './graph';
import { GraphSession } from './session';
import { batchFeeds, joined, sizesOf, sliceWeights, stepGraph } from './stepGraph';

/** Computes gradients with one TensorFlow graph: a step is one call, whatever the network. */
export class GraphGradients implements GradientFinder {
  private readonly plan: StepPlan;
  private readonly session: GraphSession;

  private constructor(plan: StepPlan, session: GraphSession) {
    this.plan = plan;
    this.session = session;
  }

  /** Builds the graph of a step. Weights and gradients cross as one array each, as the optimizer keeps them. */
  static make(binding: TFJSBinding, plan: StepPlan): GraphGradients {
    const graph = new Graph();
    const all = graph.input('weights', 'float', [sizesOf(plan).reduce((sum, size) => sum + size, 0)]);
    graph.output('gradients', joined(graph, stepGraph(graph, plan, sliceWeights(graph, all, plan))));
    return new GraphGradients(plan, GraphSession.load(binding, graph));
  }

  find(weights: Float32Array, images: Float32Array, classes: Int32Array, seed: readonly [number, number]): Gradients {
    const feeds = [
      { name: 'weights', shape: [weights.length], values: weights },
      ...batchFeeds(this.plan, images, classes, seed),
    ];
    const [gradients, logits] = this.session.run(feeds, ['gradients', 'logits']) as [Float32Array, Float32Array];
    return { gradients, ...scoreLogits(logits, classes) };
  }

  dispose(): void {
    this.session.dispose();
  }
}
