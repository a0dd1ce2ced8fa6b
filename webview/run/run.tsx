import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { fullInk } from '../../src/core/data/fullInk';
import type { RunPanelHost, RunPanelState, RunPanelView } from '../../src/protocol/panels';
import { connect, keepState, keptState } from '../shared/bridge';
import { Failure, sentenceOf } from '../shared/failure';
import { ConfusionMatrix } from './confusionMatrix';
import type { Cell } from './confusionModel';
import { Curves } from './curves';
import { Data } from './data';
import { Examples, type Looking } from './examples';
import { Header } from './header';
import { bestEpoch, withEpoch } from './model';
import { Network } from './network';
import { RowImages } from './rowImages';

/** What a view that was hidden, or a window that was reloaded, finds again. Classes are indices, -1 for none. */
const kept = keptState({ runFolder: '', scroll: 0, label: -1, predicted: -1, row: 0, inspecting: false });

/** The panel of a run. */
export function Run(): JSX.Element {
  const [state, setState] = useState<RunPanelState>();
  const [failure, setFailure] = useState<string>();
  const [imagesFailure, setImagesFailure] = useState<string>();
  const [filter, setFilter] = useState<Cell | undefined>(kept.label < 0 ? undefined : { label: kept.label, predicted: kept.predicted });
  const [looking, setLooking] = useState<Looking>({ row: kept.row, inspecting: kept.inspecting });
  const [, redraw] = useState(0);

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

  const data = state?.run.data;
  const showsImages = state !== undefined && state.imagesNote === undefined;
  const images = useMemo(
    () =>
      data && showsImages
        ? new RowImages({
            side: data.side,
            fullInk: fullInk(data.maxPixel),
            fetch: rows => host.call('images', rows),
            changed: () => redraw(value => value + 1),
            failed: error => setImagesFailure(sentenceOf(error)),
          })
        : undefined,
    [showsImages, data?.fingerprint],
  );
  useEffect(() => setImagesFailure(undefined), [images]);

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

  const { run, history, validation } = state;
  const training = run.status === 'training';
  const onFilter = (cell: Cell | undefined): void => {
    setFilter(cell);
    setLooking({ row: 0, inspecting: false });
    if (cell) bringExamplesIntoView();
  };
  return (
    <main class="run">
      <Header
        state={state}
        onCancel={() => host.notify('cancel', undefined)}
        onWriteSubmission={() => host.notify('writeSubmission', undefined)}
        onShowLog={() => host.notify('showLog', undefined)}
      />
      <Curves history={history} planned={run.config.epochs} best={bestEpoch(history)?.epoch} training={training} />
      <div class="columns">
        <Network layers={run.layers} parameters={run.parameters} />
        <Data data={run.data} config={run.config} />
      </div>
      <section aria-labelledby="confusion">
        <h2 id="confusion">Confusion matrix</h2>
        {validation ? (
          <ConfusionMatrix confusion={validation.confusion} classes={run.data.classes} selected={filter} onSelect={onFilter} />
        ) : (
          <p class="muted">{waitingFor('The confusion matrix and the misclassified images', training)}</p>
        )}
      </section>
      {validation && (
        <Examples
          misclassified={validation.misclassified}
          validationRows={run.data.validationRows}
          classes={run.data.classes}
          side={run.data.side}
          images={imagesFailure === undefined ? images : undefined}
          imagesNote={state.imagesNote ?? imagesFailure}
          filter={filter}
          looking={looking}
          onLook={setLooking}
          onShowAll={() => onFilter(undefined)}
          onReveal={row => {
            host.call('revealInPreview', row).catch((error: unknown) => setImagesFailure(sentenceOf(error)));
          }}
        />
      )}
    </main>
  );
}

function waitingFor(what: string, training: boolean): string {
  return training ? `${what} appear here when the first epoch has ended.` : `${what} need an epoch that has ended; this run has none.`;
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
