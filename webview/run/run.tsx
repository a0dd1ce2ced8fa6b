import { useEffect, useErrorBoundary, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { toErrorData } from '../../src/core/errors';
import type { EvaluationView, RunPanelHost, RunPanelState, RunPanelView } from '../../src/protocol/panels';
import { connect, keepState, keptState } from '../shared/bridge';
import { Failure, sentenceOf } from '../shared/failure';
import { explaining } from '../shared/inspector/progressNews';
import type { Cell } from './confusionModel';
import type { Looking } from './examples';
import { imageSet } from './imageSet';
import { withEpoch } from './model';
import { RunView } from './runView';

/** What a view that was hidden, or a window that was reloaded, finds again. Classes are indices, -1 for none; no evaluation is the validation set. */
const kept = keptState({ runFolder: '', evaluation: '', scroll: 0, label: -1, predicted: -1, row: 0, inspecting: false });

/** The panel of a run. */
export function Run(): JSX.Element {
  const [state, setState] = useState<RunPanelState>();
  const [failure, setFailure] = useState<string>();
  /** The id of the evaluation to show; empty for the validation set. */
  const [shown, setShown] = useState(kept.evaluation);
  const [loaded, setLoaded] = useState<{ readonly of: string; readonly view: EvaluationView }>();
  const [filter, setFilter] = useState<Cell | undefined>(kept.label < 0 ? undefined : { label: kept.label, predicted: kept.predicted });
  const [looking, setLooking] = useState<Looking>({ row: kept.row, inspecting: kept.inspecting });

  /** Somebody asked for the evaluation, and is to see it once it is there. */
  const askedFor = useRef(false);
  const take = (next: RunPanelState): void => {
    setFailure(undefined);
    setState(next);
    if (next.show === undefined) return;
    pickSet(next.show);
    askedFor.current = true;
  };
  /** Turns to other images: what was chosen among those before means nothing here. */
  const pickSet = (id: string): void => {
    setShown(id);
    setFilter(undefined);
    setLooking({ row: 0, inspecting: false });
  };

  const host = useMemo(
    () =>
      connect<RunPanelView, RunPanelHost>({
        state: take,
        failed: setFailure,
        progress: progress => setState(known => known && { ...known, progress }),
        explaining,
        epoch: epoch => setState(known => known && withEpoch(known, epoch)),
      }),
    [],
  );
  const load = (): void => {
    host.call('ready', undefined).then(
      take,
      (error: unknown) => setFailure(sentenceOf(error)),
    );
  };
  useEffect(load, []);

  const evaluation = state?.evaluations.find(({ id }) => id === shown);
  // Made anew, it says something else.
  const version = evaluation && `${evaluation.id} ${evaluation.created}`;
  useEffect(() => {
    if (!evaluation || version === undefined) return;
    host.call('evaluation', evaluation.id).then(
      view => setLoaded({ of: version, view }),
      (error: unknown) => setFailure(sentenceOf(error)),
    );
    // The note about its images may be another with each full state.
  }, [version, state?.run]);

  useEffect(() => {
    if (!askedFor.current || version === undefined || loaded?.of !== version) return;
    askedFor.current = false;
    bringIntoView('.image-set', 'start');
  }, [loaded]);

  // What throws while the run is drawn: a sentence instead of a blank page.
  useErrorBoundary((error: unknown) => {
    host.notify('logError', toErrorData(error));
    setFailure('This run could not be shown; its files may be damaged or of another version of Digits. The log says more.');
  });

  useKeeping(state, shown, filter, looking);

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
      set={imageSet(state, evaluation, loaded?.of === version ? loaded?.view : undefined)}
      evaluation={evaluation}
      onPickSet={id => pickSet(id ?? '')}
      filter={filter}
      looking={looking}
      onFilter={cell => {
        setFilter(cell);
        setLooking({ row: 0, inspecting: false });
        if (cell) bringIntoView('.examples-section', 'nearest');
      }}
      onLook={setLooking}
    />
  );
}

/** Without this, a choice in the matrix above, or an evaluation, would show nothing. */
function bringIntoView(selector: string, block: ScrollLogicalPosition): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  requestAnimationFrame(() => document.querySelector(selector)?.scrollIntoView({ block, behavior: still ? 'auto' : 'smooth' }));
}

/** Keeps where the user is, and scrolls there once there is something to scroll. */
function useKeeping(state: RunPanelState | undefined, evaluation: string, filter: Cell | undefined, looking: Looking): void {
  const scroll = useRef(kept.scroll);
  const runFolder = state?.runFolder;
  useEffect(() => {
    if (runFolder === undefined) return;
    const keep = (): void => keepState({ runFolder, evaluation, scroll: scroll.current, label: filter?.label ?? -1, predicted: filter?.predicted ?? -1, ...looking });
    const onScroll = (): void => {
      scroll.current = window.scrollY;
      keep();
    };
    keep();
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, [runFolder, evaluation, filter, looking]);
  useEffect(() => {
    if (runFolder !== undefined) requestAnimationFrame(() => window.scrollTo(0, kept.scroll));
  }, [runFolder]);
}
