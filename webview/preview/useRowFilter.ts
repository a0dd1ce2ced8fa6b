import { useEffect, useMemo, useState } from 'preact/hooks';
import { DigitsError } from '../../src/core/errors';
import { needsPredictions, type RowFilter } from '../../src/core/data/filterRows';
import type { PreviewHost, PreviewState, PreviewView } from '../../src/protocol/previewPanel';
import type { LabelChoices, PredictionChoice } from '../../src/protocol/previewFilter';
import type { Rpc } from '../../src/protocol/rpc';
import { sentenceOf } from '../shared/sentenceOf';
import { noChoices, sourceOf, toFilter, type FilterChoices } from './filterModel';
import { PredictionLookup } from './predictionLookup';
import { useLatest } from './useLatest';

interface RowFilterOptions {
  readonly host: Rpc<PreviewView, PreviewHost>;
  /** Undefined until the file is opened; a new object after each reload. */
  readonly state: PreviewState | undefined;
  /** Changes when other runs may have predictions. */
  readonly runs: number;
  /** The state from before the view was hidden. */
  readonly initial: { readonly isOpen: boolean; readonly choices: FilterChoices };
}

/** The filter, the rows that match it, and what is known about them besides their images. */
export interface RowFiltering {
  readonly isOpen: boolean;
  readonly choices: FilterChoices;
  /** Undefined to show all rows. */
  readonly filter: RowFilter | undefined;
  /**
   * The rows that match the filter, and a key that identifies them; undefined without a filter, or until they are
   * found.
   */
  readonly matches: { readonly rows: Uint32Array; readonly key: string } | undefined;
  readonly isLooking: boolean;
  /** Undefined until all are read. */
  readonly labels: LabelChoices | undefined;
  readonly isReadingLabels: boolean;
  /** Undefined until they are known. */
  readonly sources: readonly PredictionChoice[] | undefined;
  readonly source: PredictionChoice | undefined;
  readonly predictions: PredictionLookup | undefined;
  /** An error, or a change that the user did not make. */
  readonly note: { readonly text: string; readonly isError: boolean } | undefined;
  choose(change: Partial<FilterChoices>): void;
  showAll(): void;
  /** Shows the filter bar. */
  open(): void;
  /** Hides the filter bar and shows all rows. */
  close(): void;
}

/** The state of the preview's filter: the user's choices, and the host's answers. */
export function useRowFilter({ host, state, runs, initial }: RowFilterOptions): RowFiltering {
  const [isOpen, setOpen] = useState(initial.isOpen);
  const [choices, setChoices] = useState(initial.choices);
  const [note, setNote] = useState<RowFiltering['note']>();
  const failed = (error: unknown): void => {
    // The file is being reloaded, or the view was hidden: the question is asked again.
    if (!(error instanceof DigitsError && error.code === 'cancelled'))
      setNote({ text: sentenceOf(error), isError: true });
  };
  const filter = toFilter(choices);
  const mayAsk = state !== undefined;
  const wantsLabels = mayAsk && isOpen && state.format.kind === 'train';

  const labels = useLatest({
    scope: state,
    key: wantsLabels ? 'labels' : undefined,
    ask: () => host.call('labels', undefined),
    failed,
  });
  const sources = useLatest({
    scope: state,
    key: mayAsk ? String(runs) : undefined,
    ask: () => host.call('predictions', undefined),
    failed,
  });
  const source = sources.value && sourceOf(sources.value, choices);
  const predicted = useLatest({
    scope: state,
    key: source && `${source.id} ${source.stamp}`,
    ask: () => host.call('predicted', source!.id),
    failed,
  });
  const predictions = useMemo(() => predicted.value && new PredictionLookup(predicted.value), [predicted.value]);

  const asksOfRun = filter !== undefined && needsPredictions(filter);
  const key =
    mayAsk && filter && (!asksOfRun || source)
      ? JSON.stringify([filter, asksOfRun && [source?.id, source?.stamp]])
      : undefined;
  const found = useLatest({
    scope: state,
    key,
    ask: async () => ({
      rows: await host.call('filter', { filter: filter!, source: asksOfRun ? source?.id : undefined }),
      key: key!,
    }),
    failed,
  });

  // The chosen run is gone: use another one, or drop the filters that need predictions.
  useEffect(() => {
    if (!sources.value || sources.pending) return;
    const isGone = choices.source !== '' && source?.id !== choices.source;
    if (!isGone && (!asksOfRun || source)) return;
    setChoices(source ? { ...choices, source: '' } : { ...choices, source: '', predicted: '', outcome: '' });
    const rest = source ? `; these are of ${source.name}` : asksOfRun ? ', so they no longer choose rows' : '';
    setNote({ text: `The predictions that were shown are gone${rest}.`, isError: false });
  }, [sources.value, sources.pending]);

  const showAll = (): void => {
    setChoices({ ...noChoices, source: choices.source });
    setNote(undefined);
  };
  return {
    isOpen,
    choices,
    filter,
    matches: found.value,
    isLooking: filter !== undefined && (key === undefined ? !mayAsk || sources.pending : found.pending),
    labels: labels.value,
    isReadingLabels: labels.pending,
    sources: sources.value,
    source,
    predictions,
    note,
    choose: change => {
      const chosen = { ...choices, ...change };
      const filtersRun = chosen.predicted !== '' || chosen.outcome !== '';
      // A filter keeps its run when a newer one finishes.
      setChoices({ ...chosen, source: filtersRun && chosen.source === '' ? (source?.id ?? '') : chosen.source });
      setNote(undefined);
    },
    showAll,
    open: () => setOpen(true),
    close: () => {
      showAll();
      setOpen(false);
    },
  };
}
