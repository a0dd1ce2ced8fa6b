import { useEffect, useMemo, useState } from 'preact/hooks';
import type { JSX, RefObject } from 'preact';
import { fullInk } from '../../src/core/data/fullInk';
import type { Rpc } from '../../src/protocol/rpc';
import type { RunPanelHost, RunPanelState, RunPanelView } from '../../src/protocol/runPanel';
import { sentenceOf } from '../shared/failure';
import type { Evaluation } from '../../src/core/run/evaluation';
import { Accuracy } from './accuracy';
import type { ChangeView, ChartsView } from './charts/chartsView';
import type { Choices } from './choices';
import { ComparedCurves } from './compare/comparedCurves';
import { Data } from './data';
import { exampleQuestions } from './exampleQuestions';
import type { ExampleFilter } from './exampleFilter';
import { Examples, type Looking } from './examples';
import { Header } from './header';
import { ImageSetPicker } from './imageSetPicker';
import type { ImageSet } from './imageSet';
import { Network } from './network';
import { Results } from './results';
import { RowImages } from './rowImages';

interface RunViewProps {
  readonly state: RunPanelState;
  readonly host: Rpc<RunPanelView, RunPanelHost>;
  /** What matrix and gallery are about, and the evaluation that it is of. */
  readonly set: ImageSet;
  readonly evaluation: Evaluation | undefined;
  readonly choices: Choices;
  readonly looking: Looking;
  readonly charts: ChartsView;
  readonly onCharts: ChangeView;
  /** Another number when other runs may have changed. */
  readonly runsVersion: number;
  /** The example at the top of the gallery. */
  readonly top: RefObject<number>;
  readonly onPickSet: (evaluation: string | undefined) => void;
  readonly onChoose: (change: Partial<Choices>) => void;
  /** Filters the gallery from afar, and brings it into view. */
  readonly onFilter: (filter: ExampleFilter) => void;
  readonly onLook: (looking: Looking) => void;
  readonly onTop: (top: number) => void;
}

/** Everything that is known of a run. */
export function RunView({
  state,
  host,
  set,
  evaluation,
  choices,
  looking,
  top,
  charts,
  onCharts,
  runsVersion,
  onPickSet,
  onChoose,
  onFilter,
  onLook,
  onTop,
}: RunViewProps): JSX.Element {
  const { run } = state;
  const [imagesFailure, setImagesFailure] = useState<string>();
  const [, redraw] = useState(0);

  const { data } = run;
  const showsImages = set.imagesNote === undefined;
  const images = useMemo(
    () =>
      showsImages
        ? new RowImages({
            side: data.side,
            fullInk: fullInk(data.maxPixel),
            fetch: rows => host.call('images', { evaluation: set.evaluation, rows }),
            changed: () => redraw(value => value + 1),
            failed: error => setImagesFailure(sentenceOf(error)),
          })
        : undefined,
    // A repeated evaluation may be of other images.
    [showsImages, data.fingerprint, set.evaluation, evaluation?.created],
  );
  // Another record comes with each full state: what failed before may go well now.
  useEffect(() => setImagesFailure(undefined), [images, run]);

  const training = run.status === 'training';
  const waiting = evaluation
    ? 'Reading the evaluation…'
    : data.validationRows === 0
      ? 'This run trained on all images, so none is left to validate with; evaluate it on a file of other images.'
      : (state.validationNote ?? waitingFor('The confusion matrix and the misclassified images', training));
  return (
    <main class="run">
      <Header
        state={state}
        onCancel={() => host.notify('cancel', undefined)}
        onResume={() => host.notify('resume', undefined)}
        onWriteSubmission={() => host.notify('writeSubmission', undefined)}
        onShowLog={() => host.notify('showLog', undefined)}
      />
      <ComparedCurves state={state} host={host} view={charts} onView={onCharts} version={runsVersion} />
      <div class="columns">
        <Network layers={run.layers} networks={run.networks} parameters={run.parameters} />
        <Data data={run.data} config={run.config} />
      </div>
      <ImageSetPicker state={state} evaluation={evaluation} onPick={onPickSet} />
      {set.view && <Accuracy view={set.view} totalName={set.name} config={run.config} />}
      <Results
        view={set.view}
        waiting={waiting}
        classes={data.classes}
        choices={choices}
        onFilter={onFilter}
        onChoose={onChoose}
      />
      {set.view && (
        <Examples
          misclassified={set.view.misclassified}
          total={set.images}
          totalName={set.name}
          classes={run.data.classes}
          side={run.data.side}
          fullInk={fullInk(data.maxPixel)}
          images={imagesFailure === undefined ? images : undefined}
          imagesNote={set.imagesNote}
          imagesFailure={imagesFailure}
          filter={choices.filter}
          sort={choices.sort}
          looking={looking}
          top={top}
          onLook={onLook}
          onFilter={filter => onChoose({ filter })}
          onSort={sort => onChoose({ sort })}
          onTop={onTop}
          onTryAgain={() => setImagesFailure(undefined)}
          questions={exampleQuestions(host, run, evaluation)}
        />
      )}
    </main>
  );
}

function waitingFor(what: string, training: boolean): string {
  return training
    ? `${what} appear here when the first epoch has ended.`
    : `${what} need an epoch that has ended; this run has none.`;
}
