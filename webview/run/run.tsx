import { useEffect, useErrorBoundary, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { toErrorData } from '../../src/core/errors';
import type { RunPanelHost, RunPanelState, RunPanelView } from '../../src/protocol/panels';
import { connect, keepState, keptState } from '../shared/bridge';
import { Failure, sentenceOf } from '../shared/failure';
import type { Cell } from './confusionModel';
import type { Looking } from './examples';
import { withEpoch } from './model';
import { RunView } from './runView';

/** What a view that was hidden, or a window that was reloaded, finds again. Classes are indices, -1 for none. */
const kept = keptState({ runFolder: '', scroll: 0, label: -1, predicted: -1, row: 0, inspecting: false });

/** The panel of a run. */
export function Run(): JSX.Element {
  const [state, setState] = useState<RunPanelState>();
  const [failure, setFailure] = useState<string>();
  const [filter, setFilter] = useState<Cell | undefined>(kept.label < 0 ? undefined : { label: kept.label, predicted: kept.predicted });
  const [looking, setLooking] = useState<Looking>({ row: kept.row, inspecting: kept.inspecting });

  const host = useMemo(
    () =>
      connect<RunPanelView, RunPanelHost>({
        state: next => {
          setFailure(undefined);
          setState(next);
        },
        failed: setFailure,
        progress: progress => setState(known => known && { ...known, progress }),
        epoch: epoch => setState(known => known && withEpoch(known, epoch)),
      }),
    [],
  );
  const load = (): void => {
    host.call('ready', undefined).then(
      loaded => {
        setFailure(undefined);
        setState(loaded);
      },
      (error: unknown) => setFailure(sentenceOf(error)),
    );
  };
  useEffect(load, []);

  // What throws while the run is drawn: a sentence instead of a blank page.
  useErrorBoundary((error: unknown) => {
    host.notify('logError', toErrorData(error));
    setFailure('This run could not be shown; its files may be damaged or of another version of Digits. The log says more.');
  });

  useKeeping(state, filter, looking);

  if (failure !== undefined) {
    return (
      <Failure message={failure}>
        <vscode-button onClick={load}>Try Again</vscode-button>
        <vscode-button appearance="secondary" onClick={() => host.notify('showLog', undefined)}>Show Log</vscode-button>
      </Failure>
    );
  }
  if (!state) return <main class="run muted" aria-busy="true">Reading the run…</main>;

  return (
    <RunView
      state={state}
      host={host}
      filter={filter}
      looking={looking}
      onFilter={cell => {
        setFilter(cell);
        setLooking({ row: 0, inspecting: false });
        if (cell) bringExamplesIntoView();
      }}
      onLook={setLooking}
    />
  );
}

/** Without this, a choice in the matrix above would show nothing. */
function bringExamplesIntoView(): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  requestAnimationFrame(() => document.querySelector('.examples-section')?.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' }));
}

/** Keeps where the user is, and scrolls there once there is something to scroll. */
function useKeeping(state: RunPanelState | undefined, filter: Cell | undefined, looking: Looking): void {
  const scroll = useRef(kept.scroll);
  const runFolder = state?.runFolder;
  useEffect(() => {
    if (runFolder === undefined) return;
    const keep = (): void => keepState({ runFolder, scroll: scroll.current, label: filter?.label ?? -1, predicted: filter?.predicted ?? -1, ...looking });
    const onScroll = (): void => {
      scroll.current = window.scrollY;
      keep();
    };
    keep();
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, [runFolder, filter, looking]);
  useEffect(() => {
    if (runFolder !== undefined) requestAnimationFrame(() => window.scrollTo(0, kept.scroll));
  }, [runFolder]);
}
