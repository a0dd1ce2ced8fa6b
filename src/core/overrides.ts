import { DigitsError } from './errors';
import { sentence } from './sentence';
import { presets } from './presets';
import type { PresetName, Preset } from './presets';

/** Values of a preset that a user may replace. */
export type Overrides = Readonly<Partial<Record<OverrideName, number>>>;
export type OverrideName = keyof typeof definitions;

interface Definition {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
  apply(preset: Preset, value: number): Preset;
}

const still = { rotation: 0, zoom: 0, shift: 0, shear: 0, elastic: 0, strokes: 0 };

function augmentation(name: keyof typeof still): Definition['apply'] {
  return (preset, value) => ({ ...preset, augmentation: { ...still, ...preset.augmentation, [name]: value } });
}

/** What can be replaced, with the bounds of sense. */
const definitions = {
  learningRate: {
    what: 'the learning rate, at its highest',
    least: 1e-6,
    most: 1,
    apply: (preset, value) => ({
      ...preset,
      schedule:
        preset.schedule.type === 'plateau' ? { ...preset.schedule, rate: value } : { ...preset.schedule, peak: value },
    }),
  },
  batchSize: {
    what: 'images of a step',
    least: 2,
    most: 4096,
    whole: true,
    apply: (preset, value) => ({ ...preset, batchSize: value }),
  },
  validationShare: {
    what: 'share of the images set aside for validation; 0 trains on all',
    least: 0,
    most: 0.9,
    apply: (preset, value) => ({ ...preset, validationShare: value }),
  },
  labelSmoothing: {
    what: 'share of the probability spread over all classes',
    least: 0,
    most: 0.9,
    apply: (preset, value) => ({ ...preset, labelSmoothing: value }),
  },
  weightDecay: {
    what: 'weight decay of AdamW',
    least: 0,
    most: 1,
    apply: (preset, value) => ({
      ...preset,
      optimizer: preset.optimizer.type === 'adam' ? { ...preset.optimizer, decay: value } : preset.optimizer,
    }),
  },
  emaDecay: {
    what: 'decay of the exponential moving average of the weights; 0 keeps those of the last step',
    least: 0,
    most: 0.9999,
    apply: (preset, value) => ({ ...preset, emaDecay: value }),
  },
  networks: {
    what: 'networks to average',
    least: 1,
    most: 50,
    whole: true,
    apply: (preset, value) => ({ ...preset, networks: value }),
  },
  width: {
    what: "filters of every convolution, as a multiple of the preset's",
    least: 0.125,
    most: 8,
    apply: (preset, value) => ({
      ...preset,
      network: preset.network.map(layer =>
        layer.type === 'conv' ? { ...layer, filters: Math.max(Math.round(layer.filters * value), 1) } : layer,
      ),
    }),
  },
  crop: {
    what: 'pixels to cut off each side where no image has ink',
    least: 0,
    most: 16,
    whole: true,
    apply: (preset, value) => ({ ...preset, crop: value }),
  },
  rotation: { what: 'degrees an image is turned by, at most', least: 0, most: 180, apply: augmentation('rotation') },
  zoom: {
    what: 'share of its size by which an image is zoomed, at most',
    least: 0,
    most: 0.9,
    apply: augmentation('zoom'),
  },
  shift: {
    what: 'share of the side by which an image is shifted, at most',
    least: 0,
    most: 0.5,
    apply: augmentation('shift'),
  },
  shear: { what: 'degrees an image is sheared by, at most', least: 0, most: 45, apply: augmentation('shear') },
  elastic: { what: 'pixels a part of an image is moved by, about', least: 0, most: 8, apply: augmentation('elastic') },
  strokes: {
    what: 'share of the images whose strokes are made thicker or thinner',
    least: 0,
    most: 1,
    apply: augmentation('strokes'),
  },
  processes: { what: 'processes that share each batch', least: 1, most: 16, whole: true, apply: preset => preset },
} as const satisfies Readonly<Record<string, Definition>>;

/** Former names of values: settings, command lines and runs that have them keep their meaning. */
export const formerNames: Readonly<Record<string, OverrideName>> = { averaging: 'emaDecay' };

/** A line for each value that can be replaced. */
export const overrideHelp: readonly (readonly [OverrideName, string])[] = (
  Object.keys(definitions) as OverrideName[]
).map(name => [name, definitions[name].what]);

/** The preset of this name, or `preset` in its place, with a user's own values. */
export function resolvePreset(name: PresetName, overrides: Overrides = {}, preset: Preset = presets[name]): Preset {
  return (Object.entries(overrides) as [OverrideName, number][]).reduce<Preset>(
    (before, [key, value]) => definitions[key].apply(before, value),
    preset,
  );
}

/** Throws `bad-setting` for a value that would change nothing of the preset, whatever it is. */
export function requireEffect(name: PresetName, overrides: Overrides): void {
  if (overrides.weightDecay === undefined || presets[name].optimizer.type === 'adam') return;
  throw new DigitsError(
    'bad-setting',
    sentence`"weightDecay" has no effect with the preset ${name}, whose optimizer is RMSprop; leave it out, or choose another preset.`,
  );
}

/**
 * Checks values from a setting, a command line or a run. A value under a former name gets its present one, which wins
 * where both are given. Throws `bad-setting` with the name, the bounds and what was given.
 */
export function parseOverrides(values: unknown): Overrides {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new DigitsError(
      'bad-setting',
      sentence`A preset's values are names with numbers, as in {"learningRate": 0.01}, not ${JSON.stringify(values) ?? 'nothing'}.`,
    );
  }
  const entries = Object.entries(values).map(([given, value]): [string, number] => {
    const name = Object.hasOwn(formerNames, given) ? formerNames[given]! : given;
    if (!Object.hasOwn(definitions, name)) {
      throw new DigitsError(
        'bad-setting',
        sentence`"${given}" is no value of a preset; there are ${Object.keys(definitions).join(', ')}.`,
      );
    }
    const { least, most, whole }: Definition = definitions[name as OverrideName];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !(number >= least && number <= most) || (whole && !Number.isInteger(number))) {
      throw new DigitsError(
        'bad-setting',
        sentence`"${given}" takes a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not "${typeof value === 'object' ? JSON.stringify(value) : String(value)}".`,
      );
    }
    return [given, number];
  });
  const isFormer = ([name]: [string, number]): boolean => Object.hasOwn(formerNames, name);
  return Object.fromEntries([
    ...entries.filter(isFormer).map(([name, value]) => [formerNames[name], value]),
    ...entries.filter(entry => !isFormer(entry)),
  ]);
}
