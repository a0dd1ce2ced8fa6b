import { useErrorBoundary, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { toErrorData } from '../../src/core/errors';
import type { FileChange } from '../../src/protocol/fileChange';
import type { PreviewHost, PreviewState, PreviewView } from '../../src/protocol/previewPanel';
import type { IndexProgress } from '../../src/protocol/imagePage';
import type { Rpc } from '../../src/protocol/rpc';
import { connect } from '../shared/bridge';
import { sentenceOf } from '../shared/sentenceOf';
import { explaining } from '../shared/inspector/progressNews';

/** The file of a preview, as reported by the host. */
export interface PreviewFile {
  readonly host: Rpc<PreviewView, PreviewHost>;
  /** Undefined until the first rows are read; a new object after each reload. */
  readonly state: PreviewState | undefined;
  /** Counts the loads. */
  readonly loads: number;
  readonly index: IndexProgress;
  /** Share of its labels read, 0 to 1. */
  readonly labelShare: number;
  /** Changes when other runs may have predictions. */
  readonly runs: number;
  /** How it changed on disk since then, if it did. */
  readonly change: FileChange | undefined;
  /** Why nothing can be shown. */
  readonly failure: string | undefined;
  fail(message: string): void;
  /** Reads it again from disk. */
  reload(): void;
}

/** Connects to the host and loads the file. `onReveal` is called with a row to show. */
export function usePreviewFile(onReveal: (row: number) => void): PreviewFile {
  const [state, setState] = useState<PreviewState>();
  const [loads, setLoads] = useState(0);
  const [index, setIndex] = useState<IndexProgress>({ rows: 0, share: 0 });
  const [labelShare, setLabelShare] = useState(0);
  const [runs, setRuns] = useState(0);
  const [change, setChange] = useState<FileChange>();
  const [failure, setFailure] = useState<string>();
  const reveal = useRef(onReveal);
  reveal.current = onReveal;

  const host = useMemo(
    () =>
      connect<PreviewView, PreviewHost>({
        indexed: setIndex,
        labelled: setLabelShare,
        predictionsChanged: () => setRuns(value => value + 1),
        reveal: row => reveal.current(row),
        changed: setChange,
        explaining,
        failed: setFailure,
      }),
    [],
  );

  // An error while drawing shows a sentence instead of a blank page.
  useErrorBoundary((error: unknown) => {
    host.notify('logError', toErrorData(error));
    setFailure('The images could not be shown; try again, and see the log when it happens again.');
  });

  const load = async (method: 'ready' | 'reload'): Promise<void> => {
    try {
      const loaded = await host.call(method, undefined);
      setFailure(undefined);
      setChange(undefined);
      setState(loaded);
      setLoads(value => value + 1);
      setLabelShare(0);
      // Progress of the index may have arrived before the answer.
      setIndex(known => (method === 'ready' && known.share > loaded.index.share ? known : loaded.index));
      if (loaded.reveal !== undefined) onReveal(loaded.reveal);
    } catch (error) {
      setFailure(sentenceOf(error));
    }
  };
  // Before the first paint, because the images wait for it.
  useLayoutEffect(() => void load('ready'), []);
  return {
    host,
    state,
    loads,
    index,
    labelShare,
    runs,
    change,
    failure,
    fail: setFailure,
    reload: () => void load('reload'),
  };
}
