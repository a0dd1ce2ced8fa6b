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
  /** Undefined until the file was opened; another one each time it is. */
  readonly state: PreviewState | undefined;
  /** Changes when other runs may have predictions. */
  readonly runs: number;
  /** What was kept when the view was hidden. */
  readonly initial: { readonly isOpen: boolean; readonly choices: FilterChoices };
}

/** Which rows are shown, and what is known of them besides their images. */
export interface RowFiltering {
  readonly isOpen: boolean;
  readonly choices: FilterChoices;
  /** Undefined where all rows are to be shown. */
  readonly filter: RowFilter | undefined;
  /** The rows that meet the filter, and what tells them from others; undefined where there is no filter, or until they are found. */
  readonly matches: { readonly rows: Uint32Array; readonly key: string } | undefined;
  readonly isLooking: boolean;
  /** Undefined until all were read. */
  readonly labels: LabelChoices | undefined;
  readonly isReadingLabels: boolean;
  /** Undefined until they are known. */
  readonly sources: readonly PredictionChoice[] | undefined;
  readonly source: PredictionChoice | undefined;
  readonly predictions: PredictionLookup | undefined;
  /** What went wrong, or what was changed without being asked to. */
  readonly note: { readonly text: string; readonly isError: boolean } | undefined;
  choose(change: Partial<FilterChoices>): void;
  showAll(): void;
  /** Shows what to choose from. */
  open(): void;
  /** Hides it, and shows all rows. */
  close(): void;
}

/** The preview's filter: what was chosen, and what the host answers to it. */
export function useRowFilter({ host, state, runs, initial }: RowFilterOptions): RowFiltering {
  const [isOpen, setOpen] = useState(initial.isOpen);
  const [choices, setChoices] = useState(initial.choices);
  const [note, setNote] = useState<RowFiltering['note']>();
  const failed = (error: unknown): void => {
    // Of a file that is being reloaded, or a view that was hidden: it is asked for again.
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

  // The run that was chosen is gone: another one takes its place, or there is nothing left to filter by.
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
      // A filter keeps to its run when a newer one ends.
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
