import { mostEpochs } from '../bounds';
import { DigitsError } from '../errors';
import { sentence } from '../sentence';
import { requireEffect, resolvePreset, type Overrides } from '../overrides';
import { presets, type Preset, type PresetName } from '../presets';
import { count, plural } from '../text';
import { fitToRows, withFewRows } from './fewRows';
import type { EngineChoice, RunConfig, UnlabelledChoice } from './runRecord';

/** Everything that decides how a run is trained: its preset with the user's values, which nothing else has to apply. */
export interface ResolvedConfig extends Omit<Preset, 'purpose' | 'accuracy'> {
  /** Of all networks together; `epochs` counts those of each. */
  readonly totalEpochs: number;
  readonly seed: number;
  readonly engine: EngineChoice;
  /** Processes that share each batch, where the user fixed their number; otherwise engine and machine decide. */
  readonly processes: number | undefined;
  /** See `FewRows`; where it is missing, the layers' own. */
  readonly batchNormMomentum: number | undefined;
}

/** What {@link resolveConfig} needs of a configuration. */
export type ConfigChoice = Pick<RunConfig, 'preset'> & Partial<RunConfig>;

/** Fixes everything random where the user names no seed. */
export const defaultSeed = 2;

/** Resolves a configuration. What it leaves open is the preset's, {@link defaultSeed} and any engine. */
export function resolveConfig({
  preset,
  overrides,
  fewRows,
  epochs,
  seed = defaultSeed,
  engine = 'auto',
}: ConfigChoice): ResolvedConfig {
  const resolved = resolvePreset(preset, overrides, withFewRows(preset, fewRows));
  const each = epochs ?? resolved.epochs;
  return {
    ...resolved,
    epochs: each,
    totalEpochs: each * resolved.networks,
    seed,
    engine,
    processes: overrides?.processes,
    batchNormMomentum: fewRows?.batchNormMomentum,
  };
}

/** What a user may choose for a new run. */
export interface NewRunChoice {
  readonly preset: PresetName;
  /** About how many rows the training file has: the preset is fitted to them. */
  readonly rows?: number | undefined;
  /** Of each network; otherwise as many as suit preset and rows. */
  readonly epochs?: number | undefined;
  readonly overrides: Overrides;
  readonly seed?: number | undefined;
  readonly engine: EngineChoice;
  readonly limit?: number | undefined;
  readonly skipBadRows?: boolean;
  readonly unlabelled?: UnlabelledChoice | undefined;
}

/** The configuration of a new run as its record keeps it: epochs and seed are always there, the rest where it was chosen. */
export function newRunConfig({
  preset,
  rows = Infinity,
  overrides,
  limit,
  skipBadRows,
  unlabelled,
  ...choice
}: NewRunChoice): RunConfig {
  const read = Math.min(rows, limit ?? Infinity);
  const { epochs, fewRows } = Number.isFinite(read)
    ? fitToRows(preset, overrides, read, choice.epochs)
    : { epochs: choice.epochs ?? presets[preset].epochs };
  const { networks } = resolveConfig({ preset, overrides });
  requireEffect(preset, overrides);
  if (epochs * networks > mostEpochs)
    throw new DigitsError(
      'bad-setting',
      sentence`${plural(epochs, 'epoch')} of ${plural(networks, 'network')} are more than the ${count(mostEpochs)} that a run may have; choose fewer epochs.`,
    );
  return {
    preset,
    epochs,
    ...(Object.keys(overrides).length > 0 && { overrides }),
    ...(fewRows && { fewRows }),
    seed: choice.seed ?? defaultSeed,
    engine: choice.engine,
    ...(limit !== undefined && { limit }),
    ...(skipBadRows && { skipBadRows }),
    ...(unlabelled && { unlabelled }),
  };
}
