import { useEffect, useErrorBoundary, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { toErrorData } from '../../src/core/errors';
import type { DataPanelHost, DataPanelState, DataPanelView } from '../../src/protocol/dataPanel';
import { connect, keepState, keptState } from '../shared/bridge';
import { Failure } from '../shared/failure';
import { sentenceOf } from '../shared/sentenceOf';
import { DataView, FIRST_SHOWN, type Looking } from './dataView';

/** The state kept while the view is hidden and across window reloads. */
const kept = keptState({ folder: '', scroll: 0, invert: false, duplicates: FIRST_SHOWN, badRows: FIRST_SHOWN });

/** The data page. */
export function DataPage(): JSX.Element {
  const [state, setState] = useState<DataPanelState>();
  const [failure, setFailure] = useState<string>();
  /** Why a row or a file could not be shown. */
  const [problem, setProblem] = useState<string>();
  const [looking, setLooking] = useState<Looking>({
    invert: kept.invert,
    duplicates: kept.duplicates,
    badRows: kept.badRows,
  });

  const host = useMemo(
    () =>
      connect<DataPanelView, DataPanelHost>({
        work: work => setState(known => known && { ...known, work }),
        progress: progress =>
          setState(known =>
            known?.work.type === 'reading' ? { ...known, work: { type: 'reading', progress } } : known,
          ),
        changed: changed => setState(known => known && { ...known, changed }),
      }),
    [],
  );
  const load = (method: 'ready' | 'reload'): void => {
    setProblem(undefined);
    host.call(method, undefined).then(
      loaded => {
        setFailure(undefined);
        setState(loaded);
      },
      (error: unknown) => setFailure(sentenceOf(error)),
    );
  };
  useEffect(() => load('ready'), []);

  // An error while drawing shows a sentence instead of a blank page.
  useErrorBoundary((error: unknown) => {
    host.notify('logError', toErrorData(error));
    setFailure('The data could not be shown; try again, and see the log when it happens again.');
  });

  useKeeping(state, looking);

  if (failure !== undefined) {
    return (
      <Failure message={failure}>
        <vscode-button onClick={() => load('reload')}>Try Again</vscode-button>
        <vscode-button appearance="secondary" onClick={() => host.notify('showLog', undefined)}>
          Show Log
        </vscode-button>
      </Failure>
    );
  }
  if (!state)
    return (
      <main class="data page muted" aria-busy="true">
        Looking at the files…
      </main>
    );

  /** Follows a link, or says why that failed. */
  const follow = (following: Promise<void>): void => {
    setProblem(undefined);
    following.catch((error: unknown) => setProblem(sentenceOf(error)));
  };
  return (
    <DataView
      state={state}
      looking={looking}
      problem={problem}
      onLook={setLooking}
      onReload={() => load('reload')}
      onCancel={() => host.notify('cancel', undefined)}
      onShowLog={() => host.notify('showLog', undefined)}
      onCloseProblem={() => setProblem(undefined)}
      onPreview={role => follow(host.call('preview', role))}
      onRow={place => follow(host.call('revealRow', place))}
      onLine={place => follow(host.call('revealLine', place))}
    />
  );
}

/** Keeps the scroll position, and restores it once the page has content. */
function useKeeping(state: DataPanelState | undefined, looking: Looking): void {
  const scroll = useRef(kept.scroll);
  const folder = state?.folder;
  const complete = state?.work.type === 'done';
  useEffect(() => {
    if (folder === undefined) return;
    const keep = (): void => keepState({ folder, scroll: scroll.current, ...looking });
    const onScroll = (): void => {
      // While the files are being read, the page is too short to restore the position.
      if (!complete) return;
      scroll.current = window.scrollY;
      keep();
    };
    keep();
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, [folder, looking, complete]);
  useEffect(() => {
    if (complete) requestAnimationFrame(() => window.scrollTo(0, scroll.current));
  }, [complete]);
}
