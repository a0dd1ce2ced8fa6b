import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import type { OptimizerSpec } from '../../../core/presets';
import { scoreLogits, type ResidentState, type ResidentTraining, type StepPlan } from '../../network/gradients';
import { float, Graph, type GraphTensor } from './graph';
import { GraphSession } from './session';
import { batchFeeds, joined, sliceWeights, stepGraph } from './stepGraph';

/** RMSprop as in core/optimizer.ts, in the graph: weights and second moments stay in TensorFlow between steps. */
export class GraphRmsProp implements ResidentTraining {
  private readonly plan: StepPlan;
  private readonly session: GraphSession;

  private constructor(plan: StepPlan, session: GraphSession) {
    this.plan = plan;
    this.session = session;
  }

  /** Builds the graph of a step, and sets its variables to `state`. */
  static make(
    binding: TFJSBinding,
    plan: StepPlan,
    { decay, epsilon }: Extract<OptimizerSpec, { readonly type: 'rmsProp' }>,
    state: ResidentState,
  ): GraphRmsProp {
    const graph = new Graph();
    const number = (value: number): GraphTensor => graph.constant([value], 'float', []);
    const variables = (): GraphTensor[] => plan.tensors.map(({ shape }) => graph.variable(shape));
    const [weights, secondMoments, momenta] = [variables(), variables(), variables()];

    // This operation always has a momentum: 0 turns it off. RMSprop made of simple operations would reallocate its state
    // in every step.
    const settings = [graph.input('rate', 'float', []), number(decay), number(0), number(epsilon)];
    const gradients = stepGraph(
      graph,
      plan,
      weights.map(weight => graph.read(weight)),
    );
    const moved = gradients.map((gradient, i) =>
      graph.effect('ResourceApplyRMSProp', [weights[i]!, secondMoments[i]!, momenta[i]!, ...settings, gradient], {
        T: float,
      }),
    );
    graph.output('moved', number(1), moved);

    const begin = (['weights', 'secondMoments'] as const).map(name =>
      sliceWeights(graph, graph.input(`first_${name}`, 'float', [state[name].length]), plan),
    );
    const assigned = [weights, secondMoments].flatMap((all, i) =>
      all.map((variable, j) => graph.assign(variable, begin[i]![j]!)),
    );
    const zeroed = momenta.map(momentum =>
      graph.assign(
        momentum,
        graph.one(
          'Fill',
          [graph.constant(momentum.shape, 'int32'), number(0)],
          { T: float, index_type: { type: 'int32' } },
          momentum.shape,
        ),
      ),
    );
    graph.output('begun', number(1), [...assigned, ...zeroed]);
    graph.output(
      'weights',
      joined(
        graph,
        weights.map(weight => graph.read(weight)),
      ),
    );
    graph.output(
      'secondMoments',
      joined(
        graph,
        secondMoments.map(moment => graph.read(moment)),
      ),
    );

    const session = GraphSession.load(binding, graph);
    session.run(
      (['weights', 'secondMoments'] as const).map(name => ({
        name: `first_${name}`,
        shape: [state[name].length],
        values: state[name],
      })),
      ['begun'],
    );
    return new GraphRmsProp(plan, session);
  }

  step(
    images: Float32Array,
    classes: Int32Array,
    seed: readonly [number, number],
    rate: number,
  ): ReturnType<ResidentTraining['step']> {
    const feeds = [
      { name: 'rate', shape: [], values: Float32Array.of(rate) },
      ...batchFeeds(this.plan, images, classes, seed),
    ];
    const [logits] = this.session.run(feeds, ['logits', 'moved']) as [Float32Array];
    return scoreLogits(logits, classes);
  }

  get state(): ResidentState {
    const [weights, secondMoments] = this.session.run([], ['weights', 'secondMoments']) as [Float32Array, Float32Array];
    return { weights, secondMoments };
  }

  dispose(): void {
    this.session.dispose();
  }
}
