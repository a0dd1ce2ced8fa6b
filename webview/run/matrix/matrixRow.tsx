import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { cellText, describePlace, filterAt, heat, type Confusion, type MatrixOptions } from './confusionModel';

/** Steps of a cell's strength in high-contrast themes. */
const LEVELS = 4;

interface MatrixRowProps {
  readonly confusion: Confusion;
  /** The labels of the classes. */
  readonly classes: readonly number[];
  /** The true class of this row. */
  readonly label: number;
  /** The values of the cells. */
  readonly values: readonly (number | undefined)[];
  readonly options: MatrixOptions;
  /** Draws empty cells as dots. */
  readonly sparse: boolean;
  /** The largest value shown. */
  readonly most: number;
  /** The column of the Tab stop, if it is in this row; -1 is the heading. */
  readonly stop: number | undefined;
  /** The filter selects this row. */
  readonly chosenRow: boolean;
  /** The column that the filter selects. */
  readonly chosenColumn: number | undefined;
  /** The pointer is over this row. */
  readonly pointed: boolean;
}

/** A row of the confusion matrix. */
export function MatrixRow(props: MatrixRowProps): JSX.Element {
  const { confusion, classes, label, values, options, sparse, most, stop, chosenRow, chosenColumn, pointed } = props;
  const cell = (value: number | undefined, predicted: number): JSX.Element => {
    const place = { label, predicted };
    const shown = options.diagonal || predicted !== label;
    const strength = shown ? heat(value, most) : 0;
    const leads = filterAt(confusion, place) !== undefined;
    const chosen = chosenRow && chosenColumn === predicted;
    const kind = !shown ? 'diagonal masked' : predicted === label ? 'diagonal' : leads ? 'errors' : 'empty';
    const marks = `${strength > 0 ? ` level-${Math.ceil(strength * LEVELS)}` : ''}${chosen ? ' chosen' : !chosenRow && chosenColumn === predicted ? ' chosen-column' : ''}`;
    return (
      <td
        key={predicted}
        role="gridcell"
        class={kind + marks}
        tabIndex={stop === predicted ? 0 : -1}
        aria-label={describePlace(confusion, classes, place)}
        {...(leads && { 'aria-selected': chosen })}
        {...(strength > 0 && { style: { '--heat': (0.12 + 0.88 * strength).toFixed(3) } })}
      >
        {shown && (sparse && value === 0 ? '·' : cellText(value, options.shares))}
      </td>
    );
  };
  // Few rows change at a time; the others are not compared cell by cell.
  return useMemo(
    () => (
      <tr class={chosenRow && chosenColumn === undefined ? 'chosen-row' : ''}>
        <th
          scope="row"
          tabIndex={stop === -1 ? 0 : -1}
          class={`${chosenRow ? 'chosen' : ''} ${pointed ? 'pointed' : ''}`}
          aria-selected={chosenRow && chosenColumn === undefined}
        >
          <span class="hidden-text">true </span>
          {classes[label]}
        </th>
        {values.map(cell)}
      </tr>
    ),
    [
      confusion,
      classes,
      label,
      values,
      options.diagonal,
      options.shares,
      sparse,
      most,
      stop,
      chosenRow,
      chosenColumn,
      pointed,
    ],
  );
}
