import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { readableFiles, type DataFacts } from '../../src/core/data/dataFacts';
import { count } from '../../src/core/text';
import type { RowPlace } from '../../src/protocol/dataPanel';
import { BarChart } from './barChart';
import { labelSeries, share } from './dataModel';
import { ShowMore } from './showMore';

/** The most labels in the chart, and the rows of the table at first and per "Show More". */
const MOST_BARS = 200;
const FIRST_ROWS = 20;
const MORE_ROWS = 200;

interface LabelCountsProps {
  readonly facts: DataFacts;
  readonly onRow: (place: RowPlace) => void;
}

/** Images per label, as a chart and a table, and labels that are probably mistakes. */
export function LabelCounts({ facts, onRow }: LabelCountsProps): JSX.Element {
  const [most, setMost] = useState(FIRST_ROWS);
  const { labels, series } = labelSeries(facts);
  if (labels.length === 0) return <p>{series.length === 0 ? 'No file has labels.' : 'No image has a label.'}</p>;
  const totals = series.map(({ counts }) => counts.reduce((sum, value) => sum + value, 0));
  const charted = labels.slice(0, MOST_BARS);
  return (
    <>
      {readableFiles(facts).flatMap(({ role, rareLabels }) =>
        rareLabels.map(({ label, rows, message }) => (
          <div key={`${role} ${label}`} class="notice rare-label">
            <span>{message}</span>
            {rows.map(row => (
              <button key={row} type="button" class="link" onClick={() => onRow({ role, row })}>
                Row {count(row)}
              </button>
            ))}
          </div>
        )),
      )}
      <div class="label-columns">
        <div>
          <BarChart
            labels={charted}
            series={series.map(({ name, counts }) => ({ name, counts: counts.slice(0, MOST_BARS) }))}
          />
          {charted.length < labels.length && (
            <p class="muted">
              The chart shows the first {count(charted.length)} of {count(labels.length)} labels; the table has all.
            </p>
          )}
        </div>
        <div>
          <table class="numbers" data-testid="label-counts">
            <thead>
              <tr>
                <th scope="col">Label</th>
                {series.flatMap(({ name }) => [
                  <th key={name} scope="col" class="right">
                    {series.length > 1 ? name : 'Images'}
                  </th>,
                  <th key={`${name} share`} scope="col" class="right">
                    {series.length > 1 && <span class="hidden-text">{name}, </span>}Share
                  </th>,
                ])}
              </tr>
            </thead>
            <tbody>
              {labels.slice(0, most).map((label, i) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {series.flatMap(({ name, counts }, which) => [
                    <td key={name} class="right">
                      {count(counts[i]!)}
                    </td>,
                    <td key={`${name} share`} class="right muted">
                      {share(counts[i]!, totals[which]!)}
                    </td>,
                  ])}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">All</th>
                {series.flatMap(({ name }, which) => [
                  <td key={name} class="right">
                    {count(totals[which]!)}
                  </td>,
                  <td key={`${name} share`} />,
                ])}
              </tr>
            </tfoot>
          </table>
          <ShowMore
            shown={most}
            total={labels.length}
            what="labels"
            testId="more-labels"
            onMore={() => setMost(most + MORE_ROWS)}
          />
        </div>
      </div>
    </>
  );
}
