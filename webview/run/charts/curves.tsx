import { useId, useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { useComparison, type ComparisonProps } from '../compare/useComparison';
import { ChartControls } from './chartControls';
import { ChartFigure } from './lineChart';
import { keyLeadsTo } from './chartKeys';
import { epochsOf, valueAt, type Line } from './chartModel';
import { epochWords, keptSentence, plannedEpochs, type ChartRun } from './chartRun';
import { allEpochs, fit, isFull, type EpochRange } from './epochRange';
import { measures, type Measure } from './measures';

/** Loss, accuracy and learning rate of a run by epoch, and those of the runs it is compared with. */
export function Curves({ state, host, view, onView, version }: ComparisonProps): JSX.Element {
  const { runs, button, legend, table } = useComparison({ state, host, view, onView, version });
  const hint = useId();
  const [marked, setMarked] = useState<number>();
  /** The result of the last key, for screen readers. */
  const [announced, setAnnounced] = useState('');
  const [own] = runs as [ChartRun];
  const ended = Math.max(...runs.map(({ history }) => history.length));
  const full = useMemo(() => allEpochs(Math.max(...runs.map(plannedEpochs)), ended), [runs]);
  const range = view.zoom ? fit(view.zoom, full) : full;
  const zoom = (next: EpochRange): void => onView({ zoom: isFull(next, full) ? undefined : next });
  const several = runs.some(({ run }) => run.networks > 1)
    ? ' Where a run has several networks, its lines start over with each.'
    : '';
  const kept = runs.length === 1 ? keptSentence(own) : `A ring marks an epoch whose weights a run keeps.${several}`;

  const onKey =
    (measure: Measure, lines: readonly Line[]) =>
    (key: string): boolean => {
      const epochs = epochsOf(lines);
      if (epochs.length === 0) return false;
      const next = keyLeadsTo(key, { epoch: marked, range }, full, { first: epochs[0]!, last: epochs.at(-1)! });
      if (!next) return false;
      setMarked(next.epoch);
      const moved = next.range.first !== range.first || next.range.last !== range.last;
      if (moved) zoom(next.range);
      const isZoom = moved && next.epoch === marked;
      setAnnounced(
        isZoom
          ? `Epochs ${next.range.first} to ${next.range.last}`
          : next.epoch === undefined
            ? ''
            : valueWords(next.epoch, measure, lines, runs),
      );
      return true;
    };

  return (
    <>
      <section aria-labelledby="curves" class="curves">
        <div class="section-title">
          <h2 id="curves">Learning curves</h2>
          {button}
        </div>
        {ended === 0 && (
          <p class="muted">
            {own.run.status === 'training'
              ? 'Loss and accuracy appear here when the first epoch has ended.'
              : 'No epoch ended, so there is nothing to draw.'}
          </p>
        )}
        {ended > 0 && (
          <>
            <ChartControls view={view} range={range} full={full} compares={runs.length > 1} onView={onView} />
            <p id={hint} class="muted">
              Drag over a chart to zoom in. In a chart with the focus, arrow keys mark an epoch, + and − zoom around it,
              0 shows all epochs.
            </p>
          </>
        )}
        {ended > 0 && kept !== undefined && <p data-testid="kept">{kept}</p>}
        {legend}
        {ended > 0 && (
          <div class="charts">
            {measures.map(measure => (
              <ChartFigure
                key={measure.testId}
                measure={measure}
                runs={runs}
                smoothing={view.smoothing}
                training={view.training || runs.length === 1}
                log={view.log}
                full={full}
                range={range}
                marked={marked}
                hint={hint}
                onMark={setMarked}
                onZoom={zoom}
                onKey={(key, lines) => onKey(measure, lines)(key)}
              />
            ))}
          </div>
        )}
        <p class="hidden-text" aria-live="polite" data-testid="told">
          {announced}
        </p>
      </section>
      {table}
    </>
  );
}

/** Describes the values of a chart at an epoch. */
function valueWords(
  epoch: number,
  { title, format }: Measure,
  lines: readonly Line[],
  runs: readonly ChartRun[],
): string {
  const values = lines.flatMap(line => {
    const value = valueAt(line, epoch);
    if (value === undefined) return [];
    return [`${runs.length === 1 ? '' : `${runs[line.run]!.name}, `}${line.label} ${format(value)}`];
  });
  return `${title}, ${runs.length === 1 ? epochWords(epoch, runs[0]!.run) : `epoch ${epoch}`}: ${values.join('; ')}`;
}
