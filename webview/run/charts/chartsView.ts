import { isRunId } from '../../../src/core/run/runId';
import type { EpochRange } from './epochRange';
import { mostSmoothing } from './smoothing';

/** A compared run, and the slot that decides its style. */
export interface ComparedSlot {
  readonly id: string;
  readonly slot: number;
}

/** The user's settings of the curves; kept with the panel. */
export interface ChartsView {
  /** Undefined: all epochs. */
  readonly zoom: EpochRange | undefined;
  readonly smoothing: number;
  /** Loss and learning rate on a logarithmic scale. */
  readonly log: boolean;
  /** Shows training curves beside validation curves. */
  readonly training: boolean;
  readonly compared: readonly ComparedSlot[];
  /** The comparison table shows only rows that differ. */
  readonly onlyDiffering: boolean;
}

/** Changes some settings; a function computes them from the current ones. */
export type ChangeView = (change: Partial<ChartsView> | ((known: ChartsView) => Partial<ChartsView>)) => void;

const plain: ChartsView = {
  zoom: undefined,
  smoothing: 0,
  log: false,
  training: true,
  compared: [],
  onlyDiffering: false,
};

/** Reads the state that any version of Digits kept. Malformed parts get their defaults. */
export function readChartsView(kept: unknown): ChartsView {
  const { zoom, smoothing, log, training, compared, onlyDiffering } = (kept ?? {}) as {
    readonly [K in keyof ChartsView]?: unknown;
  };
  return {
    zoom: isRange(zoom) ? zoom : plain.zoom,
    smoothing:
      typeof smoothing === 'number' && smoothing >= 0 && smoothing <= mostSmoothing ? smoothing : plain.smoothing,
    log: typeof log === 'boolean' ? log : plain.log,
    training: typeof training === 'boolean' ? training : plain.training,
    compared: Array.isArray(compared) && compared.every(isSlot) ? compared : plain.compared,
    onlyDiffering: typeof onlyDiffering === 'boolean' ? onlyDiffering : plain.onlyDiffering,
  };
}

/** Assigns slots to compared runs: known runs keep theirs, others take free ones. Slot 0 is the panel's own run. */
export function comparedWith(known: readonly ComparedSlot[], ids: readonly string[]): readonly ComparedSlot[] {
  const taken = new Set([0, ...known.filter(({ id }) => ids.includes(id)).map(({ slot }) => slot)]);
  return ids.map(id => {
    const before = known.find(run => run.id === id);
    if (before) return before;
    let slot = 1;
    while (taken.has(slot)) slot++;
    taken.add(slot);
    return { id, slot };
  });
}

function isRange(value: unknown): value is EpochRange {
  const { first, last } = (value ?? {}) as Partial<EpochRange>;
  return Number.isInteger(first) && Number.isInteger(last) && first! >= 1 && last! >= first!;
}

function isSlot(value: unknown): value is ComparedSlot {
  const { id, slot } = (value ?? {}) as Partial<ComparedSlot>;
  return isRunId(id) && Number.isInteger(slot) && slot! >= 1;
}
