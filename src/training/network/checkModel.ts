import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { areFinite } from '../../core/finite';
import type { SavedModel } from '../../protocol/worker';
import { imageReach, isComputable, reachBehind, type Reach } from './reach';

// A model.json comes with a run folder and is untrusted. tfjs creates the layers that it names and allocates their
// memory before it reads the weights, so both are checked before tfjs sees them.

type Json = Readonly<Record<string, unknown>>;
/** Without the batch: [h, w, c], or [features]. */
type Shape = readonly number[];

/**
 * More layers than all networks of a run have together, and more than one has in a row: tfjs recurses from layer to
 * layer.
 */
const MOST_LAYERS = 4096;
const MOST_DEPTH = 256;

interface Sized {
  readonly shape: Shape;
  readonly parameters: number;
}

/** The input and output sizes of a network. */
export interface NetworkFit {
  /** Pixels along a side of the image. */
  readonly side: number;
  /** Number of classes. */
  readonly classes: number;
}

/**
 * Throws unless all layers are kinds that Digits builds, input and output fit, and every weight is there. Throws
 * `diverged` where a weight is not finite or could make an activation overflow, and otherwise an error of any kind.
 */
export function checkModel({ topology, weightSpecs, weights }: SavedModel, { side, classes }: NetworkFit): void {
  const given = weights.byteLength / Float32Array.BYTES_PER_ELEMENT;
  const asNamed = weightSpecs.reduce<number>((sum, spec) => sum + elements(spec as Json), 0);
  if (asNamed !== given) throw new Error(`its weights are ${given} numbers, and ${asNamed} are named`);
  const { parameters: asked, input, output, layers } = measure(topology as Json);
  if (input.join() !== [side, side, 1].join() || output.join() !== String(classes))
    throw new Error(`it takes ${input.join('x')} and gives ${output.join('x')}`);
  if (asked !== given) throw new Error(`its layers ask for ${asked} numbers, and ${given} are there`);
  const values = new Float32Array(weights);
  if (!areFinite(values)) throw useless('are not all numbers');
  const named = namedWeights(weightSpecs as readonly Json[], values);
  const reaches = new Map<unknown, Reach>();
  let before = imageReach;
  for (const { name, settings, inputs } of layers) {
    before = reachBehind(settings, reaches.get(inputs[0]) ?? before, weight => named.get(`${String(name)}/${weight}`));
    if (!isComputable(before)) throw useless('are too large to compute with');
    reaches.set(name, before);
  }
}

function useless(what: string): DigitsError {
  return new DigitsError(
    'diverged',
    sentence`The weights of this run's network ${what}, as when a training diverges; train again, with a lower learning rate.`,
  );
}

/** The weights by name: "layer/weight". */
function namedWeights(specs: readonly Json[], values: Float32Array): ReadonlyMap<string, Float32Array> {
  let from = 0;
  return new Map(
    specs.map(({ name, shape }) => [String(name), values.subarray(from, (from += product(shape)))] as const),
  );
}

function elements({ name, shape, dtype, quantization }: Json): number {
  if (typeof name !== 'string' || dtype !== 'float32' || quantization !== undefined)
    throw new Error('its weights are of an unknown kind');
  return product(shape);
}

/** A layer and its inputs. */
interface NamedLayer {
  readonly name: unknown;
  readonly settings: Json;
  /** The names of the layers it takes its input from; empty where that is the layer before it. */
  readonly inputs: readonly unknown[];
}

interface Measured {
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: number;
  readonly layers: readonly NamedLayer[];
}

/** Computes the shapes of input and output, and the number of parameters of all layers. */
function measure(topology: Json): Measured {
  const { class_name: kind, config } = object(topology['model_config'] ?? topology);
  const all = list(object(config)['layers']);
  if (all.length > MOST_LAYERS) throw new Error(`it has ${all.length} layers, and ${MOST_LAYERS} are the most`);
  const layers = all.map(object);
  if (kind !== 'Sequential' && kind !== 'Functional' && kind !== 'Model') throw new Error(`it is a ${String(kind)}`);
  const shapes = new Map<unknown, Shape>();
  const input = list(object(object(layers[0])['config'])['batch_input_shape'])
    .slice(1)
    .map(count);
  let before: Shape = input;
  let sum = 0;
  const named: NamedLayer[] = [];
  const depths = new Map<unknown, number>();
  for (const layer of layers) {
    const settings = object(layer['config']);
    const name = layer['name'] ?? settings['name'];
    const inputs = kind === 'Sequential' ? [] : inputsOf(layer);
    const taken = inputs.map(input => shapes.get(input) ?? fail('it has a layer that nothing leads to'));
    const { shape, parameters } = sizeLayer(String(layer['class_name']), settings, taken[0] ?? before);
    shapes.set(name, shape);
    const depth = 1 + (kind === 'Sequential' ? named.length : Math.max(0, ...inputs.map(input => depths.get(input)!)));
    if (depth > MOST_DEPTH) throw new Error(`it has more than ${MOST_DEPTH} layers one behind the other`);
    depths.set(name, depth);
    named.push({ name, settings, inputs });
    before = shape;
    sum += parameters;
  }
  return { input, output: before, parameters: sum, layers: named };
}

/** The names of the layers that feed a layer. */
function inputsOf(layer: Json): readonly unknown[] {
  return list(layer['inbound_nodes'])
    .flatMap(node => list(node))
    .map(input => list(input)[0]);
}

/** The output shape of a layer and its number of parameters. */
function sizeLayer(kind: string, settings: Json, input: Shape): Sized {
  const [height = 1, width = 1, channels = 1] = input;
  const bias = (outputs: number): number => (settings['use_bias'] === false ? 0 : outputs);
  switch (kind) {
    case 'InputLayer':
    case 'Activation':
    case 'ReLU':
    case 'Dropout':
    case 'Average':
      return { shape: input, parameters: 0 };
    case 'Flatten':
      return { shape: [product(input)], parameters: 0 };
    case 'Cropping2D': {
      const [[top, bottom], [left, right]] = list(settings['cropping']).map(side => list(side).map(count)) as [
        [number, number],
        [number, number],
      ];
      return { shape: [count(height - top - bottom), count(width - left - right), channels], parameters: 0 };
    }
    case 'MaxPooling2D': {
      ones(settings['pool_size'], 2);
      ones(settings['strides'], 2);
      return { shape: [Math.floor(height / 2), Math.floor(width / 2), channels], parameters: 0 };
    }
    case 'BatchNormalization':
      return { shape: input, parameters: 4 * input.at(-1)! };
    case 'Dense': {
      const units = count(settings['units']);
      return { shape: [...input.slice(0, -1), units], parameters: input.at(-1)! * units + bias(units) };
    }
    case 'Conv2D': {
      ones(settings['strides'] ?? 1, 1);
      ones(settings['dilation_rate'] ?? 1, 1);
      const [rows, columns] = list(settings['kernel_size']).map(count) as [number, number];
      const filters = count(settings['filters']);
      const less = settings['padding'] === 'valid' ? 1 : 0;
      return {
        shape: [count(height - less * (rows - 1)), count(width - less * (columns - 1)), filters],
        parameters: rows * columns * channels * filters + bias(filters),
      };
    }
    default:
      throw new Error(`it has a layer ${kind}, which no network of Digits has`);
  }
}

/** Requires a number, or all numbers of a list, to be `value`. */
function ones(setting: unknown, value: number): void {
  if (![setting].flat().every(each => each === value))
    throw new Error('it has a layer of a size that no network of Digits has');
}

function product(shape: unknown): number {
  return list(shape).reduce<number>((total, size) => total * count(size), 1);
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : fail('malformed size');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fail('it has no list where one belongs');
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : fail('it has no settings where some belong');
}

function fail(reason: string): never {
  throw new Error(reason);
}
