import type { JSX } from 'preact';
import type { EpochRecord } from '../../src/core/run/runRecord';
import { percent } from '../../src/core/text';
import { ChartFigure } from './chartFigure';
import type { Series } from './chartModel';
import { learningRate, loss } from './model';

interface CurvesProps {
  readonly history: readonly EpochRecord[];
  readonly planned: number;
  readonly best: number | undefined;
  readonly training: boolean;
}

/** How loss and accuracy went, epoch by epoch. */
export function Curves({ history, planned, best, training }: CurvesProps): JSX.Element {
  if (history.length === 0) {
    return (
      <section aria-labelledby="curves">
        <h2 id="curves">Learning curves</h2>
        <p class="muted">{training ? 'Loss and accuracy appear here when the first epoch has ended.' : 'No epoch ended, so there is nothing to draw.'}</p>
      </section>
    );
  }
  const epochs = history.map(({ epoch }) => epoch);
  const pair = (training: readonly number[], validation: readonly (number | undefined)[]): readonly Series[] => [
    { label: 'training', color: 'charts-blue', dashed: false, values: training },
    // A run that trained on all images has no other line.
    ...(validation.includes(undefined) ? [] : [{ label: 'validation', color: 'charts-yellow', dashed: true, values: validation as readonly number[] }]),
  ];
  const common = { epochs, planned, best };
  return (
    <section aria-labelledby="curves">
      <h2 id="curves">Learning curves</h2>
      <div class="charts">
        <ChartFigure
          {...common}
          title="Loss"
          testId="chart-loss"
          series={pair(history.map(epoch => epoch.loss), history.map(epoch => epoch.valLoss))}
          height={240}
          floor={0}
          ceiling={Infinity}
          format={loss}
          formatAxis={axisNumber}
        />
        <ChartFigure
          {...common}
          title="Accuracy"
          testId="chart-accuracy"
          series={pair(history.map(epoch => epoch.accuracy), history.map(epoch => epoch.valAccuracy))}
          height={240}
          floor={0}
          ceiling={1}
          format={percent}
          formatAxis={value => `${axisNumber(value * 100)} %`}
        />
        <ChartFigure
          {...common}
          title="Learning rate"
          testId="chart-learning-rate"
          series={[{ label: 'learning rate', color: 'charts-purple', dashed: false, values: history.map(epoch => epoch.learningRate) }]}
          best={undefined}
          height={120}
          floor={0}
          ceiling={Infinity}
          stepped
          format={learningRate}
        />
      </div>
    </section>
  );
}

/** A number beside an axis: no more digits than tell it from the next. */
function axisNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}
