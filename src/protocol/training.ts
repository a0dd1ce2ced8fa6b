import type { EngineChoice, EngineInfo, EpochRecord, PresetName, RunConfig, RunRecord } from '../core/run/runRecord';

/** What the extension host and the command line ask of the training process. */
export interface TrainingMethods {
  /** Loads the engine as the preset wants it. Throws `no-engine` when none loads. */
  loadEngine(job: { readonly engine: EngineChoice; readonly preset: PresetName }): Promise<EngineInfo>;
  /** Times a few steps of the preset's network on made-up images. Seconds an epoch of `rows` images takes here. */
  estimate(job: { readonly preset: PresetName; readonly rows: number; readonly side: number; readonly classes: number }): Promise<number>;
  /** Trains and resolves with the finished run, a cancelled one included. */
  train(job: TrainJob): Promise<RunRecord>;
  /** Predicts the test file and writes a submission. */
  submit(job: SubmitJob): Promise<SubmitResult>;
  /** Ends the training that goes on after its current step. */
  cancel(nothing: undefined): void;
}

/** Paths are absolute. */
export interface TrainJob {
  readonly folder: string;
  readonly trainFile: string;
  readonly runId: string;
  readonly config: RunConfig;
}

export interface SubmitJob {
  readonly runFolder: string;
  readonly testFile: string;
  /** A file whose header and ids the submission takes, where there is one. */
  readonly sampleFile: string | undefined;
  readonly outFile: string;
}

export interface SubmitResult {
  readonly file: string;
  readonly rows: number;
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
