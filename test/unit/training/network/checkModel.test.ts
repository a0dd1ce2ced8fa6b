import { describe, expect, it } from 'vitest';
import type { SavedModel } from '../../../../src/protocol/worker';
import { checkModel } from '../../../../src/training/network/checkModel';

const fit = { side: 4, classes: 2 };

interface Layer {
  readonly kind: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The values of each weight. */
  readonly weights?: Readonly<Record<string, readonly [shape: readonly number[], value: number]>>;
}

/** A convolution, batch normalisation and a dense layer, with weights of one value each. */
function layers({ kernel = 0.1, gamma = 1, beta = 0, mean = 0, variance = 1, dense = 0.1, bias = 0 } = {}): Layer[] {
  return [
    {
      kind: 'Conv2D',
      settings: { filters: 3, kernel_size: [3, 3], padding: 'same', use_bias: false },
      weights: { kernel: [[3, 3, 1, 3], kernel] },
    },
    {
      kind: 'BatchNormalization',
      settings: { epsilon: 0.001 },
      weights: { gamma: [[3], gamma], beta: [[3], beta], moving_mean: [[3], mean], moving_variance: [[3], variance] },
    },
    { kind: 'ReLU' },
    { kind: 'Flatten' },
    { kind: 'Dense', settings: { units: 2 }, weights: { kernel: [[48, 2], dense], bias: [[2], bias] } },
  ];
}

function model(all: readonly Layer[]): SavedModel {
  const named = all.map((layer, i) => ({ ...layer, name: `layer_${i}` }));
  const specs = named.flatMap(({ name, weights = {} }) =>
    Object.entries(weights).map(([own, [shape, value]]) => ({
      name: `${name}/${own}`,
      shape,
      dtype: 'float32',
      value,
    })),
  );
  const values = specs.flatMap(({ shape, value }) => new Array<number>(shape.reduce((a, b) => a * b, 1)).fill(value));
  return {
    topology: {
      class_name: 'Sequential',
      config: {
        layers: named.map(({ name, kind, settings }, i) => ({
          class_name: kind,
          config: { ...(i === 0 && { batch_input_shape: [null, 4, 4, 1] }), ...settings, name },
        })),
      },
    },
    weightSpecs: specs.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
    weights: Float32Array.from(values).buffer,
  };
}

describe('a model', () => {
  it('is taken where its numbers stay numbers, however large its weights are on the way', () => {
    expect(() => checkModel(model(layers()), fit)).not.toThrow();
    // What the first convolution makes is large, and batch normalisation has its variance.
    expect(() => checkModel(model(layers({ kernel: 1e15, variance: 1e30, mean: 1e15 })), fit)).not.toThrow();
    expect(() => checkModel(model(layers({ variance: 0, gamma: 0 })), fit)).not.toThrow();
  });

  it.each<[string, Parameters<typeof layers>[0]]>([
    ['NaN', { beta: NaN }],
    ['infinite', { dense: -Infinity }],
  ])('is refused with weights that are %s', (_, weights) => {
    expect(() => checkModel(model(layers(weights)), fit)).toThrow(
      "The weights of this run's network are not all numbers, as when a training diverges; train again, with a lower learning rate.",
    );
  });

  it.each<[string, Parameters<typeof layers>[0]]>([
    ['sums of which are infinite', { kernel: 3e38 }],
    ['negative sums of which are', { dense: -3e38, kernel: 1, gamma: 30 }],
    ['products of which are infinite', { kernel: 1e20, dense: 1e20 }],
    ['scales of which are infinite', { gamma: 1e38, variance: 0 }],
    ['whose variance is negative', { variance: -1 }],
    ['whose variance and epsilon are nothing together', { variance: -0.002 }],
    ['whose means are too large', { mean: 1e30, gamma: 1e10 }],
  ])('is refused with weights that are numbers, %s', (_, weights) => {
    expect(() => checkModel(model(layers(weights)), fit)).toThrow(
      expect.objectContaining({
        code: 'diverged',
        message: expect.stringMatching(/^The weights of this run's network are too large to compute with/),
      }),
    );
  });

  it('is refused with more layers than tfjs can go through, one behind the other or side by side', () => {
    const relu = (count: number): Layer[] => [
      { kind: 'Flatten' },
      ...new Array<Layer>(count).fill({ kind: 'ReLU' }),
      { kind: 'Dense', settings: { units: 2 }, weights: { kernel: [[16, 2], 1], bias: [[2], 0] } },
    ];
    expect(() => checkModel(model(relu(200)), fit)).not.toThrow();
    expect(() => checkModel(model(relu(300)), fit)).toThrow('more than 256 layers one behind the other');
    expect(() => checkModel(model(relu(20_000)), fit)).toThrow('it has 20002 layers, and 4096 are the most');
    const inbound = (of: string): unknown => [[[of, 0, 0, {}]]];
    const chain = (depth: number) => ({
      ...model(relu(0)),
      topology: {
        class_name: 'Model',
        config: {
          layers: [
            { class_name: 'Flatten', name: 'f', config: { batch_input_shape: [null, 4, 4, 1] }, inbound_nodes: [] },
            ...Array.from({ length: depth }, (_, i) => ({
              class_name: 'ReLU',
              name: `r${i}`,
              config: {},
              inbound_nodes: inbound(i === 0 ? 'f' : `r${i - 1}`),
            })),
            ...Array.from({ length: 1000 }, (_, i) => ({
              class_name: 'ReLU',
              name: `s${i}`,
              config: {},
              inbound_nodes: inbound('f'),
            })),
            {
              class_name: 'Dense',
              name: 'd',
              config: { units: 2 },
              inbound_nodes: inbound(depth === 0 ? 'f' : `r${depth - 1}`),
            },
          ],
        },
      },
    });
    expect(() => checkModel(chain(100), fit)).not.toThrow();
    expect(() => checkModel(chain(300), fit)).toThrow('more than 256 layers one behind the other');
  });
});

describe('a model made by hand', () => {
  const conv = (settings: object): Layer => ({ ...layers()[0]!, settings: { ...layers()[0]!.settings, ...settings } });
  const withConv = (settings: object): SavedModel => model([conv(settings), ...layers().slice(1)]);
  const topologyOf = (change: (topology: { class_name: string; config: { layers: object[] } }) => void): SavedModel => {
    const made = model(layers());
    change(made.topology as Parameters<typeof change>[0]);
    return made;
  };
  const specs = (change: (specs: Record<string, unknown>[]) => unknown): SavedModel => {
    const made = model(layers());
    change(made.weightSpecs as Record<string, unknown>[]);
    return made;
  };
  /** Without the bias of its last layer, neither as a name nor as numbers. */
  const lessBias = (): SavedModel => {
    const { topology, weightSpecs, weights } = model(layers());
    return { topology, weightSpecs: weightSpecs.slice(0, -1), weights: weights.slice(0, -2 * 4) };
  };

  it.each<[string, () => SavedModel, string]>([
    ['more weights named than there are', () => specs(all => (all[0]!['shape'] = [3, 3, 1, 4])), 'and 146 are named'],
    ['layers that ask for more', lessBias, 'its layers ask for 137 numbers, and 135 are there'],
    ['weights of another type', () => specs(all => (all[0]!['dtype'] = 'int32')), 'of an unknown kind'],
    ['weights that are quantised', () => specs(all => (all[0]!['quantization'] = {})), 'of an unknown kind'],
    ['weights without a name', () => specs(all => delete all[0]!['name']), 'of an unknown kind'],
    ['another kind of model', () => topologyOf(all => (all.class_name = 'GraphModel')), 'it is a GraphModel'],
    ['a layer that runs code', () => model([{ kind: 'Lambda' }, ...layers()]), 'a layer Lambda, which no network'],
    ['steps of another width', () => withConv({ strides: [2, 2] }), 'of a size that no network'],
    ['holes in a kernel', () => withConv({ dilation_rate: 2 }), 'of a size that no network'],
    ['pools of another size', () => model([{ kind: 'MaxPooling2D', settings: { pool_size: 3 } }]), 'of a size that'],
    ['half a filter', () => withConv({ filters: 1.5 }), 'malformed size'],
    ['filters below nothing', () => withConv({ filters: -3 }), 'malformed size'],
    ['more filters than can be counted', () => withConv({ filters: 2 ** 60 }), 'malformed size'],
    ['a size as text', () => withConv({ filters: '3' }), 'malformed size'],
    [
      'a layer that nothing leads to',
      () =>
        topologyOf(all => {
          all.class_name = 'Functional';
          all.config.layers = all.config.layers.map((layer, i) => ({ ...layer, inbound_nodes: i ? [[['?']]] : [] }));
        }),
      'a layer that nothing leads to',
    ],
  ])('is refused with %s', (_, made, why) => {
    expect(() => checkModel(made(), fit)).toThrow(why);
  });

  it('is refused for images of another side and for other classes', () => {
    expect(() => checkModel(model(layers()), { side: 5, classes: 2 })).toThrow('it takes 4x4x1 and gives 2');
    expect(() => checkModel(model(layers()), { side: 4, classes: 3 })).toThrow('it takes 4x4x1 and gives 2');
  });
});
