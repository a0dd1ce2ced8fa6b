import type { FileContent } from '../../store/atomicFile';
import { Throttle } from '../../core/throttle';
import { predictionsFile } from '../../store/run/runFolder';
import { predictionsEpoch } from '../../store/run/runMoment';
import { gather, type TrainingData } from '../data/trainingData';
import { predict, scoreProbabilities, type ImagesToPredict } from '../distributed/predict';
import type { WorkerGroup } from '../distributed/workerGroup';

/** What the networks of a run predict for its validation set. */
export interface ValidationResult {
  /** The sum of the probabilities of the finished networks and the current one, [n, classes]. */
  readonly sum: Float32Array;
  /** Their mean, [n, classes]. */
  readonly probabilities: Float32Array;
  readonly loss: number;
  readonly accuracy: number;
}

/** Validates the networks of a run after each epoch. Without a validation set it does nothing. */
export class Validation {
  /** Wall time of the latest pass over the validation set; 0 before the first. */
  seconds = 0;
  private readonly workers: WorkerGroup;
  private readonly images: ImagesToPredict;
  private readonly labels: Uint16Array;
  private readonly rows: Uint32Array;
  private readonly classes: number;
  private readonly signal: AbortSignal;
  private readonly onProgress: (epoch: number, share: number) => void;
  private finished = 0;
  private finishedSum: Float32Array | undefined;

  /** Copies the validation set, before {@link shareImages} gives the pixels away. */
  constructor(
    workers: WorkerGroup,
    data: TrainingData,
    signal: AbortSignal,
    onProgress: (epoch: number, share: number) => void,
  ) {
    const { pixels, side, ink, validation } = data;
    this.workers = workers;
    this.images = { pixels: gather(pixels, side ** 2, validation), side, ink };
    this.labels = Uint16Array.from(validation, index => data.classes[index]!);
    this.rows = Uint32Array.from(validation, index => data.rowNumbers[index]!);
    this.classes = data.record.classes.length;
    this.signal = signal;
    const throttle = new Throttle();
    this.onProgress = (epoch, share) => throttle.run(() => onProgress(epoch, share));
  }

  /** Validates the finished networks together with these weights of the current one; undefined without a validation set. */
  async measure(weights: Float32Array, epoch: number): Promise<ValidationResult | undefined> {
    if (this.labels.length === 0) return undefined;
    const began = performance.now();
    const sum = add(this.finishedSum, await this.predict(weights, epoch));
    const probabilities = sum.map(value => value / (this.finished + 1));
    this.seconds = (performance.now() - began) / 1000;
    return { sum, probabilities, ...scoreProbabilities(probabilities, this.labels) };
  }

  /** The network of this result is finished: it counts in those that follow. */
  finish({ sum }: ValidationResult): void {
    this.finishedSum = sum;
    this.finished++;
  }

  /** Predicts again with networks that were finished before the run was interrupted. */
  async restore(finished: readonly Float32Array[], epoch: number): Promise<void> {
    if (this.labels.length === 0) return;
    for (const weights of finished) {
      this.finishedSum = add(this.finishedSum, await this.predict(weights, epoch));
      this.finished++;
    }
  }

  /** The file of predictions for the validation set, after this epoch. */
  file(runFolder: string, epoch: number, { probabilities }: ValidationResult): FileContent {
    const predictions = { rows: this.rows, labels: this.labels, probabilities };
    return predictionsFile(runFolder, 'validation', predictions, predictionsEpoch(epoch));
  }

  private predict(weights: Float32Array, epoch: number): Promise<Float32Array> {
    return predict(this.workers, this.images, this.classes, weights, this.signal, share =>
      this.onProgress(epoch, share),
    );
  }
}

function add(a: Float32Array | undefined, b: Float32Array): Float32Array {
  return a ? b.map((value, i) => value + a[i]!) : b;
}
