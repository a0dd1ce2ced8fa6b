import type { JSX } from 'preact';
import { readableFiles, type DataFacts } from '../../src/core/data/dataFacts';
import { count } from '../../src/core/text';
import type { DataPanelHost, RowPlace } from '../../src/protocol/dataPanel';
import { reason } from './dataModel';
import { ShowMore } from './showMore';

interface BadRowsProps {
  readonly facts: DataFacts;
  /** Number of rows to show. */
  readonly most: number;
  readonly onMore: () => void;
  readonly onRow: (place: RowPlace) => void;
  readonly onLine: (place: Parameters<DataPanelHost['revealLine']>[0]) => void;
}

/** The rows that can't be read, and why. */
export function BadRows({ facts, most, onMore, onRow, onLine }: BadRowsProps): JSX.Element {
  const files = readableFiles(facts);
  const rows = files.flatMap(({ role, name, problems }) => problems.map(problem => ({ role, name, problem })));
  const all = files.reduce((sum, { problemCount }) => sum + problemCount, 0);
  if (files.length === 0) return <p>No file could be read.</p>;
  if (all === 0) return <p data-testid="no-bad-rows">Every row can be read.</p>;
  return (
    <>
      <p class="muted">
        Digits neither trains on a file with such rows nor predicts it: fix or delete them.
        {rows.length < all && ` The first ${count(rows.length)} of ${count(all)} are listed.`}
      </p>
      <table class="numbers bad-rows" data-testid="bad-rows">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col" class="right">
              Row
            </th>
            <th scope="col" class="right">
              Line
            </th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map(({ role, name, problem }) => (
            <tr key={`${role} ${problem.row}`}>
              <td>{name}</td>
              <td class="right">
                <button
                  type="button"
                  class="link"
                  title="Reveal in Preview"
                  aria-label={`Row ${count(problem.row)}: Reveal in Preview`}
                  onClick={() => onRow({ role, row: problem.row })}
                >
                  {count(problem.row)}
                </button>
              </td>
              <td class="right">
                <button
                  type="button"
                  class="link"
                  title="Reveal in Text Editor"
                  aria-label={`Line ${count(problem.line)}: Reveal in Text Editor`}
                  onClick={() => onLine({ role, line: problem.line })}
                >
                  {count(problem.line)}
                </button>
              </td>
              <td>{reason(problem, name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ShowMore shown={most} total={rows.length} what="rows" testId="more-bad-rows" onMore={onMore} />
    </>
  );
}
