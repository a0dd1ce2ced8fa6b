import { keptEpochs } from '../../../src/core/run/keptEpoch';
import type { EpochRecord } from '../../../src/core/run/runRecord';
import { percent } from '../../../src/core/text';
import { learningRate, loss } from '../facts/model';
import type { Line, LineStyle, MarkerShape } from './chartModel';
import type { ChartRun } from './chartRun';
import { smoothNetworks } from './smoothing';
import { tickLabels } from './ticks';

/** A quantity that a chart shows. */
export interface Measure {
  readonly title: string;
  readonly testId: string;
  readonly height: number;
  /** The limits of its axis. */
  readonly floor: number;
  readonly ceiling: number;
  /** Supports a logarithmic scale. */
  readonly mayBeLog: boolean;
  /** Its values are settings, not measurements: drawn as steps, never smoothed. */
  readonly isSet: boolean;
  /** Undefined without validation. */
  training(epoch: EpochRecord): number;
  validation(epoch: EpochRecord): number | undefined;
  format(value: number): string;
  /** Formats the tick labels. */
  labels(ticks: readonly number[]): readonly string[];
}

/** The charts of a run panel. */
export const measures: readonly Measure[] = [
  {
    title: 'Loss',
    testId: 'chart-loss',
    height: 240,
    floor: 0,
    ceiling: Infinity,
    mayBeLog: true,
    isSet: false,
    training: epoch => epoch.loss,
    validation: epoch => epoch.valLoss,
    format: loss,
    labels: tickLabels,
  },
  {
    title: 'Accuracy',
    testId: 'chart-accuracy',
    height: 240,
    floor: 0,
    ceiling: 1,
    mayBeLog: false,
    isSet: false,
    training: epoch => epoch.accuracy,
    validation: epoch => epoch.valAccuracy,
    format: percent,
    labels: ticks => tickLabels(ticks.map(tick => tick * 100)).map(label => `${label} %`),
  },
  {
    title: 'Learning rate',
    testId: 'chart-learning-rate',
    height: 130,
    floor: 0,
    ceiling: Infinity,
    mayBeLog: true,
    isSet: true,
    training: epoch => epoch.learningRate,
    validation: () => undefined,
    format: learningRate,
    labels: tickLabels,
  },
];

// The lengths have no common factor, so that 42 runs differ. Orange is hardly visible in light themes.
const colors = ['charts-blue', 'charts-yellow', 'charts-green', 'charts-purple', 'charts-red', 'terminal-ansiCyan'];
const markers: readonly MarkerShape[] = ['circle', 'square', 'triangle', 'diamond', 'wedge', 'star', 'bar'];

/** The style of a run among others; its validation is dashed. */
export function runStyle(slot: number): Omit<LineStyle, 'dashed'> {
  return { color: colors[slot % colors.length]!, marker: markers[slot % markers.length]! };
}

/** Options of the lines. */
export interface LineOptions {
  readonly smoothing: number;
  /** Show training curves beside validation curves. */
  readonly training: boolean;
}

/**
 * The lines of a chart: training and validation of each run. With one run they differ in colour; with several, each run
 * has one colour.
 */
export function makeLines(
  runs: readonly ChartRun[],
  measure: Measure,
  { smoothing, training }: LineOptions,
): readonly Line[] {
  return runs.flatMap(({ id, run, history, slot }, index) => {
    // A run has no lines before its first epoch, and no validation line if it trained on all images.
    if (history.length === 0) return [];
    const own = runStyle(slot);
    const line = (label: string, dashed: boolean, color: string, read: (epoch: EpochRecord) => number): Line => {
      const values = history.map(read);
      const isSmooth = smoothing > 0 && !measure.isSet;
      return {
        ...own,
        color,
        dashed,
        label,
        key: `${id} ${label}`,
        run: index,
        epochs: history.map(({ epoch }) => epoch),
        values,
        drawn: isSmooth ? smoothNetworks(values, run.config.epochs, smoothing) : values,
        epochsPerNetwork: run.config.epochs,
        kept: keptEpochs(history, run),
      };
    };
    if (measure.isSet)
      return [
        line(measure.title.toLowerCase(), false, runs.length === 1 ? 'charts-purple' : own.color, epoch =>
          measure.training(epoch),
        ),
      ];
    const validated = history.every(epoch => measure.validation(epoch) !== undefined);
    const validationColor = runs.length === 1 ? 'charts-yellow' : own.color;
    return [
      ...(training || !validated ? [line('training', false, own.color, epoch => measure.training(epoch))] : []),
      ...(validated ? [line('validation', true, validationColor, epoch => measure.validation(epoch)!)] : []),
    ];
  });
}
