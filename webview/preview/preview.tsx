import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { count } from '../../src/core/text';
import { keepState, keptState } from '../shared/bridge';
import { Failure } from '../shared/failure';
import type { TextFieldElement } from '../shared/ui';
import type { GridHandle } from '../shared/virtualGrid';
import { ChangeNotice } from './changeNotice';
import { DigitGrid } from './digitGrid';
import { FilterBar } from './filterBar';
import { noChoices } from './filterModel';
import { NoRows } from './noRows';
import { PreviewInspector } from './previewInspector';
import { allRows, someRows } from './rowList';
import { describeRow } from './rowWords';
import { StatusLine } from './statusLine';
import { Toolbar } from './toolbar';
import { useFocusFallback } from './useFocusFallback';
import { usePreviewFile } from './usePreviewFile';
import { usePreviewKeys } from './usePreviewKeys';
import { useRowCache } from './pageCache';
import { useRowFilter } from './useRowFilter';
import { clampZoom, stepZoom, usualZoom } from './zoom';

/** The state kept while the view is hidden. Rows count from 1; a zoom of 0 is the usual one. */
const kept = keptState({
  top: 1,
  active: 0,
  zoom: 0,
  invert: false,
  inspecting: false,
  isFiltering: false,
  ...noChoices,
});
const { label, predicted, outcome, source } = kept;

/** The preview of a pixel CSV. */
export function Preview(): JSX.Element {
  const [active, setActive] = useState(kept.active);
  const [hovered, setHovered] = useState<number>();
  const [inspecting, setInspecting] = useState(kept.inspecting);
  /** Counts how often the user opened the inspector. */
  const [asked, setAsked] = useState(0);
  const [zoomChosen, setZoom] = useState(kept.zoom);
  const [invert, setInvert] = useState(kept.invert);
  /** A note about a row; shown while the filter is the same. */
  const [note, setNote] = useState<{ readonly text: string; readonly filter: string | undefined }>();
  /** The user opened the filter, so it takes the focus. */
  const [hasOpened, setOpened] = useState(false);
  const [, redraw] = useReducer<number, undefined>(value => value + 1, 0);
  /** The grid was shown before. */
  const hasShown = useRef(false);
  const top = useRef(kept.top);
  const grid = useRef<GridHandle | null>(null);
  const goToRow = useRef<TextFieldElement | null>(null);
  /** A requested row that the grid does not show yet. */
  const wanted = useRef<number | undefined>(undefined);

  const reveal = (row: number): void => {
    setActive(row);
    setHovered(undefined);
    setNote(undefined);
    wanted.current = row;
  };
  const file = usePreviewFile(reveal);
  const { host, state, index } = file;
  const filtering = useRowFilter({
    host,
    state,
    runs: file.runs,
    initial: { isOpen: kept.isFiltering, choices: { label, predicted, outcome, source } },
  });
  const { matches, predictions, choices } = filtering;
  const cache = useRowCache(file, matches?.rows, () => redraw(undefined));
  const list = useMemo(() => (matches ? someRows(matches.rows) : allRows(index.rows)), [matches, index.rows]);

  const side = state?.format.side ?? 28;
  const zoom = zoomChosen === 0 ? usualZoom(side) : clampZoom(zoomChosen, side);
  const changeZoom = (direction: 1 | 0 | -1): void => setZoom(direction === 0 ? 0 : stepZoom(zoom, direction, side));
  const keep = (): void =>
    keepState({
      ...choices,
      top: top.current,
      active,
      zoom: zoomChosen,
      invert,
      inspecting,
      isFiltering: filtering.isOpen,
    });
  useEffect(keep, [active, zoomChosen, invert, inspecting, choices, filtering.isOpen]);

  useEffect(() => {
    const row = wanted.current;
    if (row === undefined) return;
    if (matches && list.indexOf(row) < 0) {
      // The request came from outside this view.
      filtering.close();
      return setNote({ text: `The filter was closed to show row ${count(row)}.`, filter: undefined });
    }
    if (!grid.current) return;
    grid.current.reveal(list.nearest(row));
    wanted.current = undefined;
  });

  const goTo = (row: number): void => {
    const say = (text: string): void => setNote({ text, filter: matches?.key });
    if (list.count === 0) return say(matches ? 'No row meets the filter.' : 'There is no row yet.');
    const nearest = matches ? list.rowAt(list.nearest(row)) : row;
    reveal(nearest);
    if (nearest !== row)
      say(`Row ${count(row)} does not meet the filter; row ${count(nearest)} is the nearest that does.`);
    grid.current?.focus();
  };
  const toggleFilter = (): void => {
    if (filtering.isOpen) return filtering.close();
    filtering.open();
    setOpened(true);
  };
  const inspected = inspecting && list.indexOf(active) >= 0 ? active : undefined;
  const closeInspector = (): void => setInspecting(false);
  usePreviewKeys({
    zoom: changeZoom,
    invert: () => setInvert(!invert),
    filter: toggleFilter,
    goToRow: () => {
      goToRow.current?.focus();
      goToRow.current?.select();
    },
    close: inspected === undefined ? undefined : closeInspector,
  });
  useFocusFallback(grid);

  const reopenAsText = (
    <vscode-button
      appearance="secondary"
      data-testid="reopen-as-text"
      onClick={() => host.notify('reopenAsText', undefined)}
    >
      Reopen as Text
    </vscode-button>
  );

  if (file.failure !== undefined) {
    return (
      <Failure message={file.failure}>
        <vscode-button onClick={file.reload}>Try Again</vscode-button>
        {reopenAsText}
        <vscode-button appearance="secondary" onClick={() => host.notify('showLog', undefined)}>
          Show Log
        </vscode-button>
      </Failure>
    );
  }
  if (!state || !cache) {
    return (
      <main class="waiting muted" aria-busy="true">
        Reading the first rows…
      </main>
    );
  }

  const hasLabels = state.format.kind === 'train';
  const describe = (row: number): string =>
    describeRow(row, cache.get(list.indexOf(row) + 1), hasLabels, predictions?.of(row));
  const shown = hovered ?? (list.indexOf(active) < 0 ? undefined : active);
  // A grid that is shown stays until the rows are found.
  const isEmpty = matches
    ? list.count === 0
    : (index.rows === 0 && index.share === 1) ||
      (filtering.filter !== undefined && (!filtering.isLooking || !hasShown.current));
  hasShown.current ||= !isEmpty;
  return (
    <main class="preview">
      <Toolbar
        file={state.file}
        format={state.format}
        index={index}
        zoom={zoom}
        invert={invert}
        isFiltering={filtering.isOpen}
        note={note && note.filter === matches?.key ? note.text : undefined}
        goToRow={goToRow}
        onZoom={changeZoom}
        onInvert={() => setInvert(!invert)}
        onFilter={toggleFilter}
        onGo={goTo}
        onLeave={() => grid.current?.focus()}
      >
        {reopenAsText}
      </Toolbar>
      {filtering.isOpen && (
        <FilterBar
          filtering={filtering}
          hasLabels={hasLabels}
          index={index}
          labelShare={file.labelShare}
          takesFocus={hasOpened}
          onLeave={() => grid.current?.focus()}
        />
      )}
      <ChangeNotice file={state.file} change={file.change} onReload={file.reload} />
      {isEmpty ? (
        <NoRows file={state.file} filtering={filtering} />
      ) : (
        <div class={inspected === undefined ? 'preview-body' : 'preview-body preview-inspecting'}>
          <DigitGrid
            key={`${file.loads} ${matches?.key ?? ''}`}
            file={state.file}
            cache={cache}
            list={list}
            rows={index.rows}
            predictions={predictions}
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
              key={`inspector ${file.loads}`}
              host={host}
              state={state}
              row={inspected}
              value={cache.get(list.indexOf(inspected) + 1)}
              list={list}
              isFiltered={matches !== undefined}
              invert={invert}
              asked={asked}
              onStep={by => {
                const next = list.indexOf(inspected) + by;
                if (next < 0 || next >= list.count) return;
                setActive(list.rowAt(next));
                grid.current?.show(next);
              }}
              onClose={closeInspector}
            />
          )}
        </div>
      )}
      <StatusLine words={shown === undefined ? undefined : describe(shown)} />
    </main>
  );
}
