import { useEffect, useErrorBoundary, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { DigitsError, toErrorData } from '../../src/core/errors';
import type { IndexProgress, PreviewHost, PreviewState, PreviewView } from '../../src/protocol/panels';
import { connect, keepState, keptState } from '../shared/bridge';
import { Failure, sentenceOf } from '../shared/failure';
import type { GridHandle } from '../shared/virtualGrid';
import { explaining } from '../shared/inspector/progressNews';
import { DigitGrid } from './digitGrid';
import { PageCache } from './pageCache';
import { PreviewInspector, useFocusBack } from './previewInspector';
import { StatusLine } from './statusLine';
import { Toolbar } from './toolbar';
import { clampZoom, stepZoom, usualZoom } from './zoom';

/** What a view that was hidden finds again. Rows count from 1; a zoom of 0 is the usual one. */
const kept = keptState({ top: 1, active: 0, zoom: 0, invert: false, inspecting: false });

/** The preview of a pixel CSV. */
export function Preview(): JSX.Element {
  const [state, setState] = useState<PreviewState>();
  const [index, setIndex] = useState<IndexProgress>({ rows: 0, share: 0 });
  const [failure, setFailure] = useState<string>();
  const [changed, setChanged] = useState(false);
  const [active, setActive] = useState(kept.active);
  const [hovered, setHovered] = useState<number>();
  const [inspecting, setInspecting] = useState(kept.inspecting);
  /** Grows each time the user asks for the inspector. */
  const [asked, setAsked] = useState(0);
  const [zoomChosen, setZoom] = useState(kept.zoom);
  const [invert, setInvert] = useState(kept.invert);
  const [, redraw] = useState(0);
  /** Tells one reading of the file from the next. */
  const [loads, setLoads] = useState(0);
  const top = useRef(kept.top);
  const grid = useRef<GridHandle | null>(null);
  /** A row that was asked for before there was a grid. */
  const wanted = useRef<number | undefined>(undefined);

  const reveal = (row: number): void => {
    setActive(row);
    setHovered(undefined);
    wanted.current = row;
    showWanted();
  };
  const showWanted = (): void => {
    if (wanted.current === undefined || !grid.current) return;
    grid.current.reveal(wanted.current - 1);
    wanted.current = undefined;
  };

  const host = useMemo(
    () =>
      connect<PreviewView, PreviewHost>({
        indexed: setIndex,
        reveal,
        changed: () => setChanged(true),
        explaining,
        failed: setFailure,
      }),
    [],
  );

  // What throws while the images are drawn: a sentence instead of a blank page.
  useErrorBoundary((error: unknown) => {
    host.notify('logError', toErrorData(error));
    setFailure('The images could not be shown; try again, and see the log when it happens again.');
  });

  const load = async (method: 'ready' | 'reload'): Promise<void> => {
    try {
      const loaded = await host.call(method, undefined);
      setFailure(undefined);
      setChanged(false);
      setState(loaded);
      setLoads(value => value + 1);
      // Notices of the index may have come before the answer.
      setIndex(known => (method === 'ready' && known.share > loaded.index.share ? known : loaded.index));
      if (loaded.reveal !== undefined) reveal(loaded.reveal);
    } catch (error) {
      setFailure(sentenceOf(error));
    }
  };
  useEffect(() => void load('ready'), []);

  const cache = useMemo(
    () =>
      state &&
      new PageCache({
        side: state.format.side,
        fullInk: state.fullInk,
        fetch: range => host.call('rows', range),
        changed: () => redraw(value => value + 1),
        failed: error => {
          // Of a file that is being reloaded: its rows are no longer wanted.
          if (!(error instanceof DigitsError && error.code === 'cancelled')) setFailure(sentenceOf(error));
        },
      }),
    [state],
  );

  const side = state?.format.side ?? 28;
  const zoom = zoomChosen === 0 ? usualZoom(side) : clampZoom(zoomChosen, side);
  const keep = (): void => keepState({ top: top.current, active, zoom: zoomChosen, invert, inspecting });
  useEffect(keep, [active, zoomChosen, invert, inspecting]);
  useEffect(showWanted);
  const inspected = inspecting && active > 0 && active <= index.rows ? active : undefined;
  useFocusBack(inspected !== undefined, grid);

  const reopenAsText = <vscode-button appearance="secondary" data-testid="reopen-as-text" onClick={() => host.notify('reopenAsText', undefined)}>Reopen as Text</vscode-button>;

  if (failure !== undefined) {
    return (
      <Failure message={failure}>
        <vscode-button onClick={() => void load('reload')}>Try Again</vscode-button>
        {reopenAsText}
        <vscode-button appearance="secondary" onClick={() => host.notify('showLog', undefined)}>Show Log</vscode-button>
      </Failure>
    );
  }
  if (!state || !cache) {
    return <main class="waiting muted" aria-busy="true">Reading the first rows…</main>;
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTextField(event.target)) return;
    if (event.key === '+' || event.key === '=') setZoom(stepZoom(zoom, 1, side));
    else if (event.key === '-') setZoom(stepZoom(zoom, -1, side));
    else if (event.key === '0') setZoom(0);
    else if (event.key === 'i') setInvert(!invert);
    else if (event.key === 'Escape' && inspecting) setInspecting(false);
    else return;
    event.preventDefault();
  };

  const shown = hovered ?? (active > 0 ? active : undefined);
  return (
    <main class="preview" onKeyDown={onKeyDown}>
      <Toolbar
        file={state.file}
        format={state.format}
        index={index}
        zoom={zoom}
        invert={invert}
        onZoom={direction => setZoom(direction === 0 ? 0 : stepZoom(zoom, direction, side))}
        onInvert={() => setInvert(!invert)}
        onGo={row => {
          reveal(row);
          grid.current?.focus();
        }}
      >
        {reopenAsText}
      </Toolbar>
      {changed && (
        <div class="notice" role="status" data-testid="changed">
          <span>{state.file} changed on disk; these are its images from before.</span>
          <vscode-button onClick={() => void load('reload')}>Reload</vscode-button>
        </div>
      )}
      {index.rows === 0 && index.share === 1 ? (
        <p class="waiting muted">{state.file} has a header and no rows.</p>
      ) : (
        <div class={inspected === undefined ? 'preview-body' : 'preview-body preview-inspecting'}>
          <DigitGrid
            key={loads}
            file={state.file}
            cache={cache}
            rows={index.rows}
            format={state.format}
            zoom={zoom}
            invert={invert}
            active={active}
            top={top.current}
            handle={grid}
            onActive={setActive}
            onOpen={row => {
              setActive(row);
              setInspecting(true);
              setAsked(asked + 1);
            }}
            onHover={setHovered}
            onTop={row => {
              top.current = row;
              keep();
            }}
          />
          {inspected !== undefined && (
            <PreviewInspector
              key={`inspector ${loads}`}
              host={host}
              state={state}
              row={inspected}
              value={cache.get(inspected)}
              rows={index.rows}
              invert={invert}
              asked={asked}
              onStep={by => {
                const next = inspected + by;
                if (next < 1 || next > index.rows) return;
                setActive(next);
                grid.current?.show(next - 1);
              }}
              onClose={() => setInspecting(false)}
            />
          )}
        </div>
      )}
      <StatusLine row={shown} value={shown === undefined ? undefined : cache.get(shown)} hasLabels={state.format.kind === 'train'} />
    </main>
  );
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('vscode-text-field') !== null;
}
