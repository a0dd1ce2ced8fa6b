import { useEffect, useId, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX, RefObject } from 'preact';
import { GridLine } from './gridLine';
import { nextTile } from './gridKeys';
import { LineScroller } from './lineScroller';

/** Commands for a grid. */
export interface GridHandle {
  /** Scrolls a tile to the middle, as soon as it exists. */
  reveal(index: number): void;
  /** Scrolls just far enough to show a tile. */
  show(index: number): void;
  focus(): void;
}

interface VirtualGridProps {
  /** The name of the grid, for screen readers. */
  readonly label: string;
  readonly count: number;
  /** CSS pixels, margins included; a whole number of device pixels. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** The tile under the keyboard cursor; -1 for none. */
  readonly active: number;
  /** Describes a tile, for screen readers. */
  readonly describeTile: (index: number) => string;
  readonly renderTile: (index: number) => ComponentChildren;
  /**
   * Draws over the tiles `first` to `last` of a line: one canvas per line is cheaper than one per tile. Hidden from
   * screen readers.
   */
  readonly renderLine?: (first: number, last: number) => ComponentChildren;
  /**
   * Everything that the tiles `first` to `last` and the drawing over them depend on: they render again when a part
   * differs.
   */
  readonly lineContent?: (first: number, last: number) => readonly unknown[];
  readonly onActive: (index: number) => void;
  /** Enter or a click; with `opensOnDoubleClick`, a double click. */
  readonly onOpen?: (index: number) => void;
  readonly opensOnDoubleClick?: boolean;
  readonly onHover?: (index: number | undefined) => void;
  /** Called with the first and last tile drawn, for the caller to fetch. */
  readonly onRange?: (first: number, last: number) => void;
  /** The tile at the top, at first and as the user scrolls. */
  readonly initialTop?: number;
  readonly onTop?: (index: number) => void;
  readonly handle?: RefObject<GridHandle | null>;
  /** Makes the grid as high as its lines, up to the limit of its style; otherwise its container sets the height. */
  readonly fitsContent?: boolean;
}

/**
 * A grid of many tiles of one size. Only those in view exist, so the focus stays on the grid, which names its active
 * tile (aria-activedescendant).
 */
export function VirtualGrid(props: VirtualGridProps): JSX.Element {
  const { count, tileWidth, tileHeight, active } = props;
  const id = useId();
  const element = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer<number, undefined>(value => value + 1, 0);
  const scroller = useMemo(() => new LineScroller(() => redraw(undefined)), []);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const columns = Math.max(1, Math.floor(size.width / tileWidth));
  const lineCount = size.width === 0 ? 0 : Math.ceil(count / columns);
  scroller.resize(lineCount, tileHeight);

  /** The scroll target, until its tile exists. */
  const target = useRef<{ readonly index: number; readonly middle: boolean } | undefined>({
    index: props.initialTop ?? 0,
    middle: false,
  });
  /** The tiles in view, including partly visible ones. */
  const view = useRef({ first: props.initialTop ?? 0, last: props.initialTop ?? 0 });
  const lookAround = (): void => {
    const first = Math.floor(scroller.top / tileHeight) * columns;
    const last = Math.ceil((scroller.top + scroller.viewport) / tileHeight) * columns - 1;
    if (first !== view.current.first) props.onTop?.(first);
    view.current = { first, last };
  };
  scroller.onScroll = () => {
    target.current = undefined;
    // Another tile is under the pointer now; the next pointer move reports it.
    props.onHover?.(undefined);
    lookAround();
  };

  useLayoutEffect(() => {
    const grid = element.current!;
    const measure = (): void => setSize({ width: grid.clientWidth, height: grid.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(grid);
    const unmount = scroller.mount(grid, layer.current!);
    return () => {
      observer.disconnect();
      unmount();
    };
  }, []);

  // When columns or tile size change, the active tile stays in view if it was, otherwise the tile at the top does.
  useLayoutEffect(() => {
    const { first, last } = view.current;
    target.current ??=
      active >= first && active <= last && last > first
        ? { index: active, middle: true }
        : { index: first, middle: false };
  }, [columns, tileHeight]);

  useLayoutEffect(() => {
    scroller.drawn();
    const wanted = target.current;
    if (!wanted || lineCount === 0) return;
    const line = Math.floor(wanted.index / columns);
    const above = wanted.middle ? Math.max(0, (scroller.viewport - tileHeight) / 2) : 0;
    scroller.scrollTo(line * tileHeight - above);
    if (wanted.index >= count) return;
    target.current = undefined;
    lookAround();
  });

  const lines = scroller.takeLines();
  const slots = useRef(1);
  slots.current = Math.max(slots.current, lines.length);
  const firstTile = (lines[0] ?? 0) * columns;
  const lastTile = Math.min(count, ((lines.at(-1) ?? -1) + 1) * columns) - 1;
  useEffect(() => {
    if (lastTile >= firstTile) props.onRange?.(firstTile, lastTile);
  }, [firstTile, lastTile, count]);

  const show = (index: number): void => {
    const start = Math.floor(index / columns) * tileHeight;
    if (start < scroller.top) scroller.scrollTo(start);
    else if (start + tileHeight > scroller.top + scroller.viewport)
      scroller.scrollTo(start + tileHeight - scroller.viewport);
    scroller.onScroll?.();
  };

  useLayoutEffect(() => {
    const { handle } = props;
    if (!handle) return undefined;
    handle.current = {
      reveal: index => {
        target.current = { index, middle: true };
        redraw(undefined);
      },
      show,
      focus: () => element.current?.focus(),
    };
    return () => {
      handle.current = null;
    };
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.shiftKey || count === 0) return;
    if ((event.key === 'Enter' || event.key === ' ') && active >= 0 && props.onOpen) {
      event.preventDefault();
      return props.onOpen(active);
    }
    if (event.ctrlKey && event.key !== 'Home' && event.key !== 'End') return;
    const linesInView = Math.max(1, Math.floor(scroller.viewport / tileHeight));
    const next = nextTile(event.key, active, { count, columns, linesInView, firstInView: view.current.first });
    if (next === undefined) return;
    event.preventDefault();
    show(next);
    props.onActive(next);
  };

  const tileAt = (event: Event): number | undefined => {
    const tile = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    return tile ? Number(tile.dataset['index']) : undefined;
  };

  const activeDrawn = active >= firstTile && active <= lastTile;
  return (
    <div
      ref={element}
      class="grid"
      style={props.fitsContent ? { height: `${lineCount * tileHeight}px` } : undefined}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={Math.ceil(count / columns)}
      aria-colcount={columns}
      aria-activedescendant={activeDrawn ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
      onClick={event => {
        const index = tileAt(event);
        if (index === undefined) return;
        props.onActive(index);
        if (!props.opensOnDoubleClick) props.onOpen?.(index);
      }}
      onDblClick={event => {
        const index = tileAt(event);
        if (index !== undefined && props.opensOnDoubleClick) props.onOpen?.(index);
      }}
      onPointerMove={event => props.onHover?.(tileAt(event))}
      onPointerLeave={() => props.onHover?.(undefined)}
    >
      <div role="presentation" style={{ height: `${scroller.height}px` }}>
        <div ref={layer} role="presentation">
          {lines.map(line => {
            const first = line * columns;
            const last = Math.min(count, first + columns) - 1;
            return (
              // New lines reuse the elements of lines that scrolled out.
              <GridLine
                key={line % slots.current}
                id={id}
                index={line}
                first={first}
                last={last}
                active={active >= first && active <= last ? active : -1}
                tileWidth={tileWidth}
                tileHeight={tileHeight}
                content={props.lineContent?.(first, last)}
                describeTile={props.describeTile}
                renderTile={props.renderTile}
                renderLine={props.renderLine}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
