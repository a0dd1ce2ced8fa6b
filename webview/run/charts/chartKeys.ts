import { fit, including, zoomIn, zoomOut, type EpochRange } from './epochRange';

/** The user's position in the charts. */
export interface ChartPlace {
  /** The selected epoch; undefined for none. */
  readonly epoch: number | undefined;
  /** The epochs in view. */
  readonly range: EpochRange;
}

/**
 * The position after a key; undefined if a chart does not handle it. `full`: all epochs; `ended`: those with values.
 */
export function keyLeadsTo(
  key: string,
  { epoch, range }: ChartPlace,
  full: EpochRange,
  ended: EpochRange,
): ChartPlace | undefined {
  const to = (target: number): ChartPlace => {
    const next = Math.min(Math.max(target, ended.first), ended.last);
    return { epoch: next, range: including(range, full, next) };
  };
  // The first key selects an epoch in view.
  const by = (step: number): ChartPlace =>
    to(epoch === undefined ? Math.min(step < 0 ? range.last : range.first, ended.last) : epoch + step);
  const isInView = epoch !== undefined && epoch >= range.first && epoch <= range.last;
  const around = isInView ? epoch : Math.round((range.first + range.last) / 2);
  switch (key) {
    case 'ArrowLeft':
      return by(-1);
    case 'ArrowRight':
      return by(1);
    case 'Home':
      return to(ended.first);
    case 'End':
      return to(ended.last);
    case '+':
    case '=':
      return { epoch, range: zoomIn(range, full, around) };
    case '-':
      return { epoch, range: zoomOut(range, full, around) };
    case '0':
      return { epoch, range: fit(full, full) };
    case 'Escape':
      return epoch === undefined ? undefined : { epoch: undefined, range };
    default:
      return undefined;
  }
}
