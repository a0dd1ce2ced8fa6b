import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { count, plural } from '../../src/core/text';
import { errorCells, heat, mostErrors, nextCell, recognised, type Cell, type Confusion } from './confusionModel';

/** From so many classes on, cells are drawn closer together. */
const MANY_CLASSES = 16;

interface ConfusionMatrixProps {
  readonly confusion: Confusion;
  /** The labels of the classes. */
  readonly classes: readonly number[];
  /** The cell whose examples are shown. */
  readonly selected: Cell | undefined;
  /** Undefined: all of them. */
  readonly onSelect: (cell: Cell | undefined) => void;
}

/** How often each class was taken for which. Cells with errors are buttons that filter the examples. */
export function ConfusionMatrix({ confusion, classes, selected, onSelect }: ConfusionMatrixProps): JSX.Element {
  const hint = useId();
  const table = useRef<HTMLTableElement>(null);
  const cells = errorCells(confusion);
  const most = mostErrors(confusion);
  const [last, setLast] = useState<Cell>();
  // One stop of the Tab key; arrow keys go on from there.
  const stop = cells.find(cell => same(cell, last)) ?? cells[0];

  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) table.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
    moved.current = false;
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!stop || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = nextCell(cells, stop, event.key);
    if (!next) return;
    event.preventDefault();
    moved.current = true;
    setLast(next);
  };

  return (
    <>
      <p id={hint} class="muted confusion-hint">Rows are true labels, columns what the network predicted. Choose a count to see its images.</p>
      <div class="scroll-x">
        <table ref={table} class={`confusion numbers ${classes.length >= MANY_CLASSES ? 'confusion-many' : ''}`} data-testid="confusion" aria-labelledby="confusion" aria-describedby={hint} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <th scope="col" class="corner"><span class="corner-true">true</span><span class="corner-predicted">predicted</span></th>
              {classes.map(label => <th key={label} scope="col"><span class="hidden-text">predicted </span>{label}</th>)}
              <th scope="col" class="recognised">right</th>
            </tr>
          </thead>
          <tbody>
            {confusion.map((row, label) => (
              <tr key={label}>
                <th scope="row"><span class="hidden-text">true </span>{classes[label]}</th>
                {row.map((value, predicted) => {
                  if (predicted === label) return <td key={predicted} class="diagonal">{count(value)}</td>;
                  if (value === 0) return <td key={predicted} class="empty">0</td>;
                  const cell = { label, predicted };
                  const chosen = same(cell, selected);
                  return (
                    <td key={predicted} class="errors" style={{ '--heat': `${Math.round(heat(value, most) * 100)}%` }}>
                      <button
                        type="button"
                        tabIndex={same(cell, stop) ? 0 : -1}
                        aria-pressed={chosen}
                        aria-label={`true ${classes[label]!}, predicted ${classes[predicted]!}: ${plural(value, 'image')}`}
                        data-cell={`${classes[label]!}-${classes[predicted]!}`}
                        onClick={() => {
                          setLast(cell);
                          onSelect(chosen ? undefined : cell);
                        }}
                      >
                        {count(value)}
                      </button>
                    </td>
                  );
                })}
                <td class="recognised">{sharePercent(recognised(row, label))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function same(a: Cell, b: Cell | undefined): boolean {
  return a.label === b?.label && a.predicted === b.predicted;
}

/** Rounded down, so that 100 % means all of them. */
function sharePercent(share: number | undefined): string {
  return share === undefined ? '–' : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}
