import { keptEpochs } from '../../../src/core/run/keptEpoch';
import type { EpochRecord } from '../../../src/core/run/runRecord';
import { percent } from '../../../src/core/text';
import { learningRate, loss } from '../facts/model';
import type { Line, LineStyle, MarkerShape } from './chartModel';
import type { ChartRun } from './chartRun';
import { smoothNetworks } from './smoothing';
import { tickLabels } from './ticks';

/** What a chart shows of runs. */
export interface Measure {
  readonly title: string;
  readonly testId: string;
  readonly height: number;
  /** Between which values its axis stays. */
  readonly floor: number;
  readonly ceiling: number;
  /** A logarithmic scale makes sense of it. */
  readonly mayBeLog: boolean;
  /** Its values are set and not measured: they are drawn as steps and never smoothed. */
  readonly isSet: boolean;
  /** Undefined where there is none. */
  training(epoch: EpochRecord): number;
  validation(epoch: EpochRecord): number | undefined;
  format(value: number): string;
  /** Numbers beside the axis. */
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

// Of different lengths without a common factor, so that forty-two runs look different. Charts' orange is hardly visible in light themes.
const colors = ['charts-blue', 'charts-yellow', 'charts-green', 'charts-purple', 'charts-red', 'terminal-ansiCyan'];
const markers: readonly MarkerShape[] = ['circle', 'square', 'triangle', 'diamond', 'wedge', 'star', 'bar'];

/** The look of a run among others; its validation is dashed. */
export function runStyle(slot: number): Omit<LineStyle, 'dashed'> {
  return { color: colors[slot % colors.length]!, marker: markers[slot % markers.length]! };
}

/** How lines are made. */
export interface LineOptions {
  readonly smoothing: number;
  /** Show the training's curves beside those of the validation. */
  readonly training: boolean;
}

/** The lines of a chart: training and validation of each run. Those of a single run differ in colour, those of several are of one colour a run. */
export function makeLines(
  runs: readonly ChartRun[],
  measure: Measure,
  { smoothing, training }: LineOptions,
): readonly Line[] {
  return runs.flatMap(({ id, run, history, slot }, index) => {
    // Before its first epoch a run has no line, and one that trained on all images has none of a validation.
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
