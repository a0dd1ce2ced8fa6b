import type { Augmentation } from '../augment';
import type { ErrorData } from '../errors';
import type { Overrides } from '../overrides';
import type { PresetName } from '../presets';

export type EngineName = 'native' | 'portable';
export type EngineChoice = 'auto' | EngineName;

/** Left out, or trained as a class of their own. */
export type UnlabelledChoice = 'skip' | 'class';

/** What a training does otherwise than its preset because the rows are few; its run keeps it. Missing values are the preset's. */
export interface FewRows {
  readonly batchSize?: number;
  readonly augmentation?: Augmentation;
  /** Epochs without a lower loss before the rate is lowered. */
  readonly patience?: number;
  /** Of the means and variances that batch normalisation keeps, from the tenth of few steps on. */
  readonly batchNormMomentum?: number;
}

/** What the user chose for a run. */
export interface RunConfig {
  readonly preset: PresetName;
  /** Of each network. */
  readonly epochs: number;
  /** The user's own values in place of the preset's. */
  readonly overrides?: Overrides;
  /** What else differs from the preset, because the rows are few. */
  readonly fewRows?: FewRows;
  /** Governs the split, the first weights, the order of the rows, augmentation and dropout. */
  readonly seed: number;
  readonly engine: EngineChoice;
  /** Only the first so many rows of the training file, for a quick try. */
  readonly limit?: number;
  /** Rows that can't be read are left out; without it, a file with any is refused. */
  readonly skipBadRows?: true;
  /** What is done with images whose label is -1, which stands for "not labelled" by habit; without it, a file with any is refused. */
  readonly unlabelled?: UnlabelledChoice;
}

/** Which data a run was trained on, and whether the file is still the same. */
export interface RunData {
  /** The training file, relative to the data set's folder. */
  readonly file: string;
  readonly fingerprint: string;
  /** Images read from the file. */
  readonly rows: number;
  /** Rows that could not be read and were left out; missing where there were none. */
  readonly skippedRows?: number;
  readonly side: number;
  /** The labels, ascending; a class is an index into them. */
  readonly classes: readonly number[];
  /** Images of each class, in the same order. */
  readonly classCounts: readonly number[];
  /** The highest pixel of the file: what stands for full ink. */
  readonly maxPixel: number;
  /** What the high values of the images are; missing where the images don't tell, and in runs made before it was kept. */
  readonly high?: 'ink' | 'paper';
  /** The mean of all pixels, as a share of the value of full ink; likewise. */
  readonly mean?: number;
  /** Sentences about what may be a slip in the data, or why the network does badly on them. */
  readonly warnings: readonly string[];
  readonly trainingRows: number;
  readonly validationRows: number;
}

/** The engine that a run really used. */
export interface EngineInfo {
  readonly name: EngineName;
  /** Of the library that computes, as in "TensorFlow 2.15.1". */
  readonly library: string;
  /** How many processes share each batch. */
  readonly processes: number;
  /** Of each process. */
  readonly threads: number;
  /** Why it is not the fastest one, where it is not. */
  readonly note?: string;
}

/** A line of the model summary. */
export interface LayerSummary {
  readonly name: string;
  readonly type: string;
  /** Without the batch. */
  readonly outputShape: readonly number[];
  readonly parameters: number;
}

/** What one epoch came to. Accuracies are shares between 0 and 1. */
export interface EpochRecord {
  /** From 1, over all networks. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Of all networks so far, averaged; missing where no images were set aside. */
  readonly valLoss?: number;
  readonly valAccuracy?: number;
  readonly learningRate: number;
  /** Wall time of its steps. */
  readonly trainSeconds: number;
  /** Wall time, validation included, up to the writing of the epoch's files, of which this record is one. */
  readonly seconds: number;
}

/** `interrupted`: the process that trained is gone and left no word. */
export type RunStatus = 'training' | 'done' | 'cancelled' | 'failed' | 'interrupted';

/** What people read for it. */
export const statusNames: Readonly<Record<RunStatus, string>> = {
  training: 'Training',
  done: 'Done',
  cancelled: 'Cancelled',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

/** The content of `run.json`. */
export interface RunRecord {
  readonly version: 1;
  readonly id: string;
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly config: RunConfig;
  readonly data: RunData;
  readonly engine: EngineInfo;
  /** Of each network. */
  readonly layers: readonly LayerSummary[];
  readonly networks: number;
  /** Of all networks. */
  readonly parameters: number;
  /** The process that trains and its machine, to tell a run that goes on from one that was interrupted. */
  readonly pid: number;
  /** When that process began, where the system says it: numbers of processes come again. */
  readonly pidStart?: string;
  readonly host: string;
  /** Wall time of training so far, reading the data apart. */
  readonly seconds: number;
  /** Which epoch's weights are kept. */
  readonly keeps: 'best' | 'last';
  /** The epoch whose weights are kept, from 1 over all networks; undefined before the first. */
  readonly bestEpoch?: number;
  /** Validation accuracy of that epoch; missing where no images were set aside. */
  readonly valAccuracy?: number;
  readonly error?: ErrorData;
}

/** What comparisons and lists need of a run. */
export interface RunSummary {
  readonly run: RunRecord;
  readonly history: readonly EpochRecord[];
  /** What the user calls it, where they do. */
  readonly title?: string;
}

/** The epochs of all networks of a run. */
export function totalEpochs({ config, networks }: Pick<RunRecord, 'config' | 'networks'>): number {
  return config.epochs * networks;
}

/** How a list names what was trained: "balanced", "balanced on all rows". */
export function presetWords({ config, data }: Pick<RunRecord, 'config' | 'data'>): string {
  return data.validationRows === 0 ? `${config.preset} on all rows` : config.preset;
}

/** What the network said of images: one row per image, in the order of `rows`. */
export interface Predictions {
  /** Row numbers in the file, from 1. */
  readonly rows: Uint32Array;
  /** True class of each, as an index into the run's classes; undefined for test files. */
  readonly labels: Uint16Array | undefined;
  /** rows.length x classes. */
  readonly probabilities: Float32Array;
}
