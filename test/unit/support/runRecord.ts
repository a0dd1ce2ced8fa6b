import type { EpochRecord, RunConfig, RunData, RunRecord } from '../../../src/core/run/runRecord';

interface Changes extends Partial<Omit<RunRecord, 'config' | 'data'>> {
  readonly config?: Partial<RunConfig>;
  readonly data?: Partial<RunData>;
}

/** A run that is done, of the preset `notebook` with five epochs, where `changes` don't say otherwise. */
export function runRecord({ config, data, ...changes }: Changes = {}): RunRecord {
  return {
    version: 1,
    id: 'a',
    status: 'done',
    created: '2026-01-02T03:04:05.000Z',
    config: { preset: 'notebook', epochs: 5, seed: 2, engine: 'auto', ...config },
    data: {
      file: 'train.csv',
      fingerprint: 'f',
      rows: 10,
      side: 28,
      classes: [0, 1],
      classCounts: [5, 5],
      maxPixel: 255,
      warnings: [],
      trainingRows: 9,
      validationRows: 1,
      ...data,
    },
    engine: { name: 'native', library: 'TensorFlow 2.15.1', processes: 2, threads: 1 },
    layers: [],
    networks: 1,
    parameters: 1000,
    pid: 1,
    host: 'here',
    seconds: 0,
    keeps: 'best',
    ...changes,
  };
}

/** Epochs from the first on, one for each validation accuracy; undefined for one without validation. */
export function epochRecords(accuracies: readonly (number | undefined)[]): EpochRecord[] {
  return accuracies.map((valAccuracy, i) => ({
    epoch: i + 1,
    loss: 1 / (i + 1),
    accuracy: 0.9,
    ...(valAccuracy !== undefined && { valLoss: 1 - valAccuracy, valAccuracy }),
    learningRate: 0.001,
    trainSeconds: 18,
    seconds: 20,
  }));
}
