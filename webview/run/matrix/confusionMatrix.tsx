import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { largestMix } from '../../shared/contrast';
import { color, useTheme } from '../../shared/theme';
import {
  cellValues,
  describePlace,
  filterAt,
  largestValue,
  nextPlace,
  type Confusion,
  type MatrixOptions,
  type Place,
} from './confusionModel';
import { everything, sameFilter, type ExampleFilter } from '../examples/exampleFilter';
import { MatrixRow } from './matrixRow';

/** From this many classes on, cells are smaller, and then as small as is readable. */
const MANY_CLASSES = 16;
const CROWD_OF_CLASSES = 40;
/** The strongest tint of a cell. */
const STRONGEST = 0.6;

interface ConfusionMatrixProps {
  readonly confusion: Confusion;
  /** The labels of the classes. */
  readonly classes: readonly number[];
  readonly filter: ExampleFilter;
  readonly options: MatrixOptions;
  readonly onFilter: (filter: ExampleFilter) => void;
  readonly onOptions: (options: MatrixOptions) => void;
}

/**
 * How often each class was predicted as which. Cells with mistakes and headings filter the examples. It is one Tab
 * stop; arrow keys move within it.
 */
export function ConfusionMatrix({
  confusion,
  classes,
  filter,
  options,
  onFilter,
  onOptions,
}: ConfusionMatrixProps): JSX.Element {
  const hint = useId();
  const table = useRef<HTMLTableElement>(null);
  const values = useMemo(() => cellValues(confusion, options.shares), [confusion, options.shares]);
  const most = useMemo(() => largestValue(values, options.diagonal), [values, options.diagonal]);
  const [stop, setStop] = useState<Place>({
    label: filter.label ?? (filter.predicted === undefined ? 0 : -1),
    predicted: filter.predicted ?? (filter.label === undefined ? 0 : -1),
  });
  const [pointed, setPointed] = useState<Place>();
  const strongest = useStrongest();

  const moved = useRef(false);
  useLayoutEffect(() => {
    const cell = moved.current ? table.current?.querySelector<HTMLElement>('[tabindex="0"]') : undefined;
    moved.current = false;
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [stop]);

  const choose = (place: Place): void => {
    const wanted = filterAt(confusion, place);
    if (wanted) onFilter(sameFilter(wanted, filter) ? everything : wanted);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Enter' || event.key === ' ') choose(stop);
    else if (event.key === 'Escape') onFilter(everything);
    else {
      const next = nextPlace(stop, event.key, event.ctrlKey, classes.length);
      if (!next) return;
      moved.current = true;
      setStop(next);
    }
    event.preventDefault();
  };

  return (
    <>
      <div class="matrix-options">
        <vscode-button
          appearance="secondary"
          aria-pressed={options.diagonal ? 'true' : 'false'}
          title="What was recognised is shown"
          data-testid="diagonal"
          onClick={() => onOptions({ ...options, diagonal: !options.diagonal })}
        >
          Diagonal
        </vscode-button>
        <div class="choice" role="group" aria-label="What the cells show">
          <vscode-button
            appearance="secondary"
            aria-pressed={options.shares ? 'false' : 'true'}
            data-testid="counts"
            onClick={() => onOptions({ ...options, shares: false })}
          >
            Counts
          </vscode-button>
          <vscode-button
            appearance="secondary"
            aria-pressed={options.shares ? 'true' : 'false'}
            title="Percent of the images of the true class"
            data-testid="shares"
            onClick={() => onOptions({ ...options, shares: true })}
          >
            Shares
          </vscode-button>
        </div>
      </div>
      <p id={hint} class="muted matrix-hint">
        Rows are true labels, columns what the network predicted.{' '}
        {options.shares ? 'Each number is a percentage of its row. ' : ''}Choose a number or a label to see its
        misclassified images.
      </p>
      <div class="matrix-scroll">
        <table
          ref={table}
          role="grid"
          class={`confusion numbers ${classes.length >= MANY_CLASSES ? 'confusion-many' : ''} ${classes.length >= CROWD_OF_CLASSES ? 'confusion-crowd' : ''}`}
          style={strongest}
          data-testid="confusion"
          aria-labelledby="confusion"
          aria-describedby={hint}
          onKeyDown={onKeyDown}
          onClick={event => {
            const place = placeAt(event.target);
            if (!place) return;
            setStop(place);
            choose(place);
          }}
          onPointerOver={event => setPointed(placeAt(event.target))}
          onPointerLeave={() => setPointed(undefined)}
        >
          <thead>
            <tr>
              <th scope="col" class="corner">
                <span class="corner-true">true</span>
                <span class="corner-predicted">predicted</span>
              </th>
              {classes.map((label, predicted) => (
                <th
                  key={label}
                  scope="col"
                  tabIndex={stop.label === -1 && stop.predicted === predicted ? 0 : -1}
                  class={`${filter.predicted === predicted ? 'chosen' : ''} ${pointed?.predicted === predicted ? 'pointed' : ''}`}
                  aria-selected={filter.label === undefined && filter.predicted === predicted}
                >
                  <span class="hidden-text">predicted </span>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {values.map((row, label) => (
              <MatrixRow
                key={label}
                confusion={confusion}
                classes={classes}
                label={label}
                values={row}
                options={options}
                sparse={classes.length >= MANY_CLASSES}
                most={most}
                stop={stop.label === label ? stop.predicted : undefined}
                chosenRow={filter.label === label}
                chosenColumn={filter.label === undefined || filter.label === label ? filter.predicted : undefined}
                pointed={pointed?.label === label}
              />
            ))}
          </tbody>
        </table>
      </div>
      {/* Describes the cell under the pointer; screen readers read the cells themselves. */}
      <p class="muted numbers matrix-pointed" aria-hidden="true">
        {pointed ? describePlace(confusion, classes, pointed) : ''}
      </p>
    </>
  );
}

/** The strongest tint that keeps numbers readable in this theme, as a CSS variable. */
function useStrongest(): Record<string, string> {
  const theme = useTheme();
  return useMemo(() => {
    const share = (name: string): string =>
      `${Math.round(largestMix(color('editor-background'), color(name), color('foreground'), STRONGEST) * 100)}%`;
    return { '--strongest-right': share('charts-blue'), '--strongest-wrong': share('charts-red') };
  }, [theme]);
}

/** The place of an event's cell; undefined for the corner and outside the cells. */
function placeAt(target: EventTarget | null): Place | undefined {
  const cell = target instanceof Element ? target.closest<HTMLTableCellElement>('td, th') : null;
  if (!(cell?.parentElement instanceof HTMLTableRowElement)) return undefined;
  const place = { label: cell.parentElement.rowIndex - 1, predicted: cell.cellIndex - 1 };
  return place.label < 0 && place.predicted < 0 ? undefined : place;
}
