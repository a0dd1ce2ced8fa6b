/** A range of epochs, both ends included. */
export interface EpochRange {
  readonly first: number;
  readonly last: number;
}

/** A zoom shows at least two epochs: a line needs two points. */
const leastSteps = 1;

/** The epochs of the x axis without zoom: all planned ones, or all that ended if those are more. */
export function allEpochs(planned: number, ended: number): EpochRange {
  return { first: 1, last: Math.max(planned, ended, 1) };
}

/** Shifts and shrinks a range to fit within `full`. */
export function fit({ first, last }: EpochRange, full: EpochRange): EpochRange {
  const steps = Math.min(Math.max(last - first, leastSteps), full.last - full.first);
  const start = Math.min(Math.max(first, full.first), full.last - steps);
  return { first: start, last: start + steps };
}

/** Half as many epochs around `epoch`, which keeps its relative position. */
export function zoomIn(range: EpochRange, full: EpochRange, epoch: number): EpochRange {
  return scaled(range, full, epoch, 0.5);
}

/** Twice as many epochs. */
export function zoomOut(range: EpochRange, full: EpochRange, epoch: number): EpochRange {
  return scaled(range, full, epoch, 2);
}

/** Shifts a range just far enough to include `epoch`. */
export function including(range: EpochRange, full: EpochRange, epoch: number): EpochRange {
  const by = Math.min(epoch - range.first, 0) + Math.max(epoch - range.last, 0);
  return fit({ first: range.first + by, last: range.last + by }, full);
}

/** The epochs between two positions of the x axis, rounded. */
export function between(a: number, b: number, full: EpochRange): EpochRange {
  return fit({ first: Math.round(Math.min(a, b)), last: Math.round(Math.max(a, b)) }, full);
}

/** Whether a range covers all epochs. */
export function isFull(range: EpochRange, full: EpochRange): boolean {
  return range.first <= full.first && range.last >= full.last;
}

function scaled(range: EpochRange, full: EpochRange, epoch: number, factor: number): EpochRange {
  const steps = range.last - range.first;
  const place = steps === 0 ? 0.5 : (epoch - range.first) / steps;
  const wanted = Math.max(Math.round(steps * factor), leastSteps);
  const first = Math.round(epoch - place * wanted);
  return fit({ first, last: first + wanted }, full);
}
