import type { Evaluation, LabelledPredictions } from '../core/run/evaluation';
import type { ConfigChoice } from '../core/run/runConfig';
import type { EngineInfo, EngineName, EpochRecord, RunConfig, RunRecord } from '../core/run/runRecord';

/** What the extension host and the command line ask of the training process. */
export interface TrainingMethods {
  /** Times a few steps of the preset's network on made-up images. Throws `no-engine` when none loads. */
  estimate(job: EstimateJob): Promise<Estimate>;
  /** Times an engine for a second. Throws `no-engine` and `engine-died` where it does not run here. */
  measureEngine(engine: EngineName): Promise<EngineSpeed>;
  /** Trains and resolves with the finished run, a cancelled one included. */
  train(job: TrainJob): Promise<RunRecord>;
  /** Predicts the test file and writes a submission. */
  submit(job: SubmitJob): Promise<SubmitResult>;
  /** Predicts a labelled file and keeps the result in the run's folder. */
  evaluate(job: EvaluateJob): Promise<EvaluateResult>;
  /** Writes a run's network as files that others can use. Needs no engine. */
  exportModel(job: ExportJob): Promise<ExportResult>;
  /** Ends the job that goes on, at once; a training keeps its finished epochs. */
  cancel(nothing: undefined): void;
}

/** Paths are absolute. */
export interface TrainJob {
  readonly folder: string;
  readonly trainFile: string;
  readonly runId: string;
  readonly config: RunConfig;
  /** Goes on with this run from its last finished epoch; `config` is then the run's own. */
  readonly resume?: boolean;
}

export interface EstimateJob {
  readonly config: ConfigChoice;
  readonly rows: number;
  readonly side: number;
  readonly classes: number;
}

export interface Estimate {
  readonly engine: EngineInfo;
  /** What an epoch of all networks takes here: `networks` times one. */
  readonly secondsPerEpoch: number;
}

/** How fast an engine trains here. */
export interface EngineSpeed {
  readonly engine: EngineInfo;
  /** Of the default preset, 28x28 pixels. */
  readonly imagesPerSecond: number;
}

export interface SubmitJob {
  readonly runFolder: string;
  readonly testFile: string;
  /** A file whose header and ids the submission takes, where there is one. */
  readonly sampleFile: string | undefined;
  /** Undefined: nothing is written, and the result has the content. */
  readonly outFile: string | undefined;
}

export interface SubmitResult {
  readonly file: string | undefined;
  /** Of the submission, where there is no file. */
  readonly content?: string;
  readonly rows: number;
  /** What a person should know of images and ids, as full sentences. */
  readonly notes: readonly string[];
  /** Wall time of the prediction; reading and writing apart. */
  readonly seconds: number;
  /** What predicted. */
  readonly engine: EngineInfo;
}

/** An evaluation; with what was predicted where the run's folder may only be read, so that it is not kept there. */
export interface EvaluateResult extends Evaluation {
  readonly unkept?: LabelledPredictions;
}

export interface EvaluateJob {
  readonly runFolder: string;
  /** A pixel CSV with labels. */
  readonly file: string;
}

export interface ExportJob {
  readonly runFolder: string;
  /** Made where it is missing; empty, or an earlier export, which is replaced. */
  readonly outFolder: string;
}

export interface ExportResult {
  readonly folder: string;
  /** The names of the files in it. */
  readonly files: readonly string[];
}

/** How far a job has come. */
export type Progress =
  | { readonly phase: 'reading'; readonly file: string; readonly share: number }
  | {
      readonly phase: 'training';
      /** The current epoch, from 1, and how many there are. */
      readonly epoch: number;
      readonly epochs: number;
      /** How much of this epoch is done, 0 to 1. */
      readonly share: number;
      /** Of the images seen in this epoch so far. */
      readonly loss: number;
      readonly accuracy: number;
      /** For all that is left of the training. */
      readonly secondsLeft: number;
    }
  | { readonly phase: 'validating'; readonly epoch: number; readonly epochs: number; readonly share: number }
  | { readonly phase: 'predicting'; readonly share: number };

/** What the training process tells meanwhile. */
export interface TrainingEvents {
  /** A few times a second at most. */
  progress(progress: Progress): void;
  /** The run's folder exists and its record is on disk. */
  started(run: RunRecord): void;
  /** An epoch ended and is on disk. */
  epoch(epoch: EpochRecord): void;
}
