import { useEffect, useErrorBoundary, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX, RefObject } from 'preact';
import { toErrorData } from '../../src/core/errors';
import type { EvaluationView, RunPanelHost, RunPanelState, RunPanelView } from '../../src/protocol/runPanel';
import { connect, keepState, keptState } from '../shared/bridge';
import { Failure, sentenceOf } from '../shared/failure';
import { explaining } from '../shared/inspector/progressNews';
import { comparedWith, readChartsView, type ChartsView } from './charts/chartsView';
import { firstChoices, packChoices, unpackChoices, type Choices } from './choices';
import { everything, sameFilter } from './exampleFilter';
import type { Looking } from './examples';
import { imageSet } from './imageSet';
import { RunView } from './runView';

/** What a view that was hidden, or a window that was reloaded, finds again. No evaluation is the validation set; `top` is the gallery's. */
const kept = keptState({
  runFolder: '',
  evaluation: '',
  scroll: 0,
  ...firstChoices,
  row: 0,
  inspecting: false,
  top: 0,
  charts: {} as unknown,
});

/** The panel of a run. */
export function Run(): JSX.Element {
  const [state, setState] = useState<RunPanelState>();
  const [failure, setFailure] = useState<string>();
  /** The id of the evaluation to show; empty for the validation set. */
  const [shown, setShown] = useState(kept.evaluation);
  const [loaded, setLoaded] = useState<{ readonly of: string; readonly view: EvaluationView }>();
  const [choices, setChoices] = useState(() => unpackChoices(kept));
  const [looking, setLooking] = useState<Looking>({ row: kept.row, inspecting: kept.inspecting });
  const [charts, setCharts] = useState(() => readChartsView(kept.charts));
  /** Counts what may have changed other runs. */
  const [runsVersion, setRunsVersion] = useState(0);

  /** Somebody asked for the evaluation, and is to see it once it is there. */
  const askedFor = useRef(false);
  const take = (next: RunPanelState): void => {
    setFailure(undefined);
    setState(next);
    const { compare } = next;
    if (compare) {
      setCharts(known => ({ ...known, compared: comparedWith(known.compared, compare) }));
      bringIntoView('.curves', 'start');
    }
    if (next.show === undefined) return;
    pickSet(next.show);
    askedFor.current = true;
  };
  /** Turns to other images: what was chosen among those before means nothing here. */
  const pickSet = (id: string): void => {
    setShown(id);
    choose({ filter: everything });
    setLooking({ row: 0, inspecting: false });
  };
  /** Where the gallery is scrolled to: it redraws nothing. */
  const top = useRef(kept.top);
  const choose = (change: Partial<Choices>): void => {
    setChoices(known => ({ ...known, ...change }));
    if (change.sort) top.current = 0;
    if (!change.filter) return;
    top.current = 0;
    setLooking({ row: 0, inspecting: false });
  };

  const host = useMemo(
    () =>
      connect<RunPanelView, RunPanelHost>({
        state: take,
        failed: setFailure,
        progress: progress => setState(known => known && { ...known, progress }),
        explaining,
        runChanged: () => setRunsVersion(known => known + 1),
      }),
    [],
  );
  const load = (): void => {
    host.call('ready', undefined).then(take, (error: unknown) => setFailure(sentenceOf(error)));
  };
  useEffect(load, []);

  const evaluation = state?.evaluations.find(({ id }) => id === shown);
  // Once repeated, it says something else.
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
    setFailure(
      'This run could not be shown; its files may be damaged or of another version of Digits. The log says more.',
    );
  });

  const keep = useKeeping(state, shown, choices, looking, top, charts);

  if (failure !== undefined) {
    return (
      <Failure message={failure}>
        <vscode-button onClick={load}>Try Again</vscode-button>
        <vscode-button appearance="secondary" onClick={() => host.notify('showLog', undefined)}>
          Show Log
        </vscode-button>
      </Failure>
    );
  }
  if (!state)
    return (
      <main class="run muted" aria-busy="true">
        Reading the run…
      </main>
    );

  return (
    <RunView
      state={state}
      host={host}
      set={imageSet(state, evaluation, loaded?.of === version ? loaded?.view : undefined)}
      evaluation={evaluation}
      onPickSet={id => pickSet(id ?? '')}
      choices={choices}
      looking={looking}
      top={top}
      charts={charts}
      onCharts={change =>
        setCharts(known => ({ ...known, ...(typeof change === 'function' ? change(known) : change) }))
      }
      runsVersion={runsVersion}
      onChoose={choose}
      onFilter={filter => {
        if (sameFilter(filter, choices.filter)) return;
        choose({ filter });
        if (!sameFilter(filter, everything)) bringIntoView('.examples-section', 'nearest');
      }}
      onLook={setLooking}
      onTop={index => {
        top.current = index;
        keep();
      }}
    />
  );
}

/** Without this, a choice in the matrix above, or an evaluation, would show nothing. */
function bringIntoView(selector: string, block: ScrollLogicalPosition): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  requestAnimationFrame(() =>
    document.querySelector(selector)?.scrollIntoView({ block, behavior: still ? 'auto' : 'smooth' }),
  );
}

/** Keeps where the user is, and scrolls there once there is something to scroll. Returns what keeps it at once. */
function useKeeping(
  state: RunPanelState | undefined,
  evaluation: string,
  choices: Choices,
  looking: Looking,
  top: RefObject<number>,
  charts: ChartsView,
): () => void {
  const scroll = useRef(kept.scroll);
  const runFolder = state?.runFolder;
  const keep = (): void => {
    if (runFolder !== undefined)
      keepState({
        runFolder,
        evaluation,
        scroll: scroll.current,
        ...packChoices(choices),
        ...looking,
        top: top.current,
        charts,
      });
  };
  useEffect(() => {
    const onScroll = (): void => {
      scroll.current = window.scrollY;
      keep();
    };
    keep();
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, [runFolder, evaluation, choices, looking, charts]);
  useEffect(() => {
    if (runFolder !== undefined) requestAnimationFrame(() => window.scrollTo(0, kept.scroll));
  }, [runFolder]);
  return keep;
}
