import type { JSX } from 'preact';
import { count, plural } from '../../../src/core/text';
import type { RunConfig, RunData } from '../../../src/core/run/runRecord';

/** With more classes than this, the bars are in columns. */
const MANY_CLASSES = 16;

/** The content of the training file, and its problems. */
export function Data({ data, config }: { readonly data: RunData; readonly config: RunConfig }): JSX.Element {
  const share = (rows: number): string => `${Math.round((rows / data.rows) * 100)} %`;
  return (
    <section aria-labelledby="data">
      <h2 id="data">Data</h2>
      <dl class="facts-list numbers" data-testid="data-check">
        <dt>Rows</dt>
        <dd>{config.limit === undefined ? count(data.rows) : `${count(data.rows)}, the first of ${data.file}`}</dd>
        <dt>Images</dt>
        <dd>
          {data.side} × {data.side} pixels
        </dd>
        <dt>Missing values</dt>
        {/* Rows with missing values are refused before a run begins, or skipped. */}
        <dd>none</dd>
        <dt>Pixel values</dt>
        <dd>0 to {data.maxPixel}</dd>
        <dt>Training</dt>
        <dd>
          {plural(data.trainingRows, 'image')} ({share(data.trainingRows)})
        </dd>
        <dt>Validation</dt>
        <dd>
          {data.validationRows === 0
            ? 'none set aside'
            : `${plural(data.validationRows, 'image')} (${share(data.validationRows)})`}
        </dd>
      </dl>
      {data.warnings.map(warning => (
        <p key={warning} class="notice">
          {warning}
        </p>
      ))}
      <h3>Images of each label</h3>
      <LabelCounts classes={data.classes} counts={data.classCounts} />
    </section>
  );
}

function LabelCounts({
  classes,
  counts,
}: {
  readonly classes: readonly number[];
  readonly counts: readonly number[];
}): JSX.Element {
  const most = Math.max(1, ...counts);
  const all = counts.reduce((sum, value) => sum + value, 0);
  return (
    <ul
      class={`label-counts numbers ${classes.length > MANY_CLASSES ? 'label-counts-many' : ''}`}
      data-testid="label-counts"
    >
      {classes.map((label, i) => (
        <li key={label}>
          <strong>{label}</strong>
          <span class="bar" aria-hidden="true">
            <span style={{ width: `${(counts[i]! / most) * 100}%` }} />
          </span>
          <span class="right">{count(counts[i]!)}</span>
          <span class="right muted">{((counts[i]! / all) * 100).toFixed(1)} %</span>
        </li>
      ))}
    </ul>
  );
}
