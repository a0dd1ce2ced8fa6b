import { useEffect, useErrorBoundary, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { fullInk } from '../../src/core/data/fullInk';
import { toErrorData } from '../../src/core/errors';
import type { Evaluation } from '../../src/core/run/evaluation';
import type { EvaluationView, RunPanelHost, RunPanelState, RunPanelView } from '../../src/protocol/runPanel';
import { connect } from '../shared/bridge';
import { Failure } from '../shared/failure';
import { sentenceOf } from '../shared/sentenceOf';
import { explaining } from '../shared/inspector/progressNews';
import { Accuracy } from './metrics/accuracy';
import { comparedWith, readChartsView, type ChangeView } from './charts/chartsView';
import { unpackChoices, type Choices } from './choices';
import { Curves } from './charts/curves';
import { Data } from './facts/data';
import { everything, sameFilter, type ExampleFilter } from './examples/exampleFilter';
import { Examples, type Looking } from './examples/examples';
import { Header } from './facts/header';
import { imageSet } from './imageSet';
import { ImageSetPicker } from './imageSetPicker';
import { exampleQuestions } from './examples/inspector';
import { kept, useKeeping } from './keeping';
import { Network } from './facts/network';
import { Results } from './matrix/results';
import { useRowImages } from './examples/useRowImages';

/** The run panel. */
export function Run(): JSX.Element {
  const [state, setState] = useState<RunPanelState>();
  const [failure, setFailure] = useState<string>();
  /** The id of the evaluation to show; empty for the validation set. */
  const [shown, setShown] = useState(kept.evaluation);
  const [loaded, setLoaded] = useState<{ readonly of: string; readonly view: EvaluationView }>();
  const [choices, setChoices] = useState(() => unpackChoices(kept));
  const [looking, setLooking] = useState<Looking>({ row: kept.row, inspecting: kept.inspecting });
  const [charts, setCharts] = useState(() => readChartsView(kept.charts));
  /** Counts changes of the compared runs. */
  const [runsVersion, setRunsVersion] = useState(0);
  const compared = useRef<readonly string[]>([]);
  compared.current = charts.compared.map(({ id }) => id);

  /** The evaluation was requested: scroll to it once it arrived. */
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
  /** Switches to other images. Resets the filter and the selection, which belong to the previous ones. */
  const pickSet = (id: string): void => {
    setShown(id);
    choose({ filter: everything });
    setLooking({ row: 0, inspecting: false });
  };
  /** The scroll position of the gallery; changing it redraws nothing. */
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
        runChanged: id => {
          if (compared.current.includes(id)) setRunsVersion(known => known + 1);
        },
      }),
    [],
  );
  const load = (): void => {
    host.call('ready', undefined).then(take, (error: unknown) => setFailure(sentenceOf(error)));
  };
  useEffect(load, []);

  const evaluation = state?.evaluations.find(({ id }) => id === shown);
  // A repeated evaluation has the same id.
  const version = evaluation && `${evaluation.id} ${evaluation.created}`;
  useEffect(() => {
    if (!evaluation || version === undefined) return;
    host.call('evaluation', evaluation.id).then(
      view => setLoaded({ of: version, view }),
      (error: unknown) => setFailure(sentenceOf(error)),
    );
    // The note about its images may change with each full state.
  }, [version, state?.run]);

  useEffect(() => {
    if (!askedFor.current || version === undefined || loaded?.of !== version) return;
    askedFor.current = false;
    bringIntoView('.image-set', 'start');
  }, [loaded]);

  // An error while drawing shows a sentence instead of a blank page.
  useErrorBoundary((error: unknown) => {
    host.notify('logError', toErrorData(error));
    setFailure(
      'This run could not be shown; its files may be damaged or of another version of Digits. The log says more.',
    );
  });

  const keep = useKeeping(state, shown, choices, looking, top, charts);
  const set = state && imageSet(state, evaluation, loaded?.of === version ? loaded?.view : undefined);
  const shownImages = useRowImages(host, state?.run, set, evaluation);

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
  if (!state || !set)
    return (
      <main class="run page muted" aria-busy="true">
        Reading the run…
      </main>
    );

  const onCharts: ChangeView = change =>
    setCharts(known => ({ ...known, ...(typeof change === 'function' ? change(known) : change) }));
  /** Filters the gallery and scrolls to it. */
  const filterFromAfar = (filter: ExampleFilter): void => {
    if (sameFilter(filter, choices.filter)) return;
    choose({ filter });
    if (!sameFilter(filter, everything)) bringIntoView('.examples-section', 'nearest');
  };
  const { run } = state;
  const { data } = run;
  return (
    <main class="run page">
      <Header
        state={state}
        onCancel={() => host.notify('cancel', undefined)}
        onResume={() => host.notify('resume', undefined)}
        onWriteSubmission={() => host.notify('writeSubmission', undefined)}
        onShowLog={() => host.notify('showLog', undefined)}
      />
      <Curves state={state} host={host} view={charts} onView={onCharts} version={runsVersion} />
      <div class="columns">
        <Network layers={run.layers} networks={run.networks} parameters={run.parameters} />
        <Data data={data} config={run.config} />
      </div>
      <ImageSetPicker state={state} evaluation={evaluation} onPick={id => pickSet(id ?? '')} />
      {set.view && <Accuracy view={set.view} totalName={set.name} config={run.config} />}
      <Results
        view={set.view}
        waiting={waitingWords(state, evaluation)}
        classes={data.classes}
        choices={choices}
        onFilter={filterFromAfar}
        onChoose={choose}
      />
      {set.view && (
        <Examples
          misclassified={set.view.misclassified}
          total={set.images}
          totalName={set.name}
          classes={data.classes}
          side={data.side}
          fullInk={fullInk(data.maxPixel)}
          images={shownImages.images}
          imagesNote={set.imagesNote}
          imagesFailure={shownImages.failure}
          filter={choices.filter}
          sort={choices.sort}
          looking={looking}
          top={top}
          onLook={setLooking}
          onFilter={filter => choose({ filter })}
          onSort={sort => choose({ sort })}
          onTop={index => {
            top.current = index;
            keep();
          }}
          onTryAgain={shownImages.tryAgain}
          questions={exampleQuestions(host, run, evaluation)}
        />
      )}
    </main>
  );
}

/** The text while there is nothing to show. */
function waitingWords({ run, validationNote }: RunPanelState, evaluation: Evaluation | undefined): string {
  if (evaluation) return 'Reading the evaluation…';
  if (run.data.validationRows === 0)
    return 'This run trained on all images, so none is left to validate with; evaluate it on a file of other images.';
  if (validationNote !== undefined) return validationNote;
  const what = 'The confusion matrix and the misclassified images';
  return run.status === 'training'
    ? `${what} appear here when the first epoch has ended.`
    : `${what} need an epoch that has ended; this run has none.`;
}

/** Scrolls an element into view: a choice made elsewhere would otherwise have no visible effect. */
function bringIntoView(selector: string, block: ScrollLogicalPosition): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  requestAnimationFrame(() =>
    document.querySelector(selector)?.scrollIntoView({ block, behavior: still ? 'auto' : 'smooth' }),
  );
}
