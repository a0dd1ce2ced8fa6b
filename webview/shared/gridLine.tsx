import { Component, type ComponentChildren, type JSX } from 'preact';

interface GridLineProps {
  /** The id of the grid, the prefix of the tile ids. */
  readonly id: string;
  readonly index: number;
  /** Its first and last tile. */
  readonly first: number;
  readonly last: number;
  /** The active tile if it is in this line, otherwise -1. */
  readonly active: number;
  /** CSS pixels. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Everything that its tiles depend on; undefined if not known. */
  readonly content: readonly unknown[] | undefined;
  readonly describeTile: (index: number) => string;
  readonly renderTile: (index: number) => ComponentChildren;
  readonly renderLine: ((first: number, last: number) => ComponentChildren) | undefined;
}

/**
 * A line of a grid. Does not render again while its content stays the same, which saves most of a frame while
 * scrolling.
 */
export class GridLine extends Component<GridLineProps> {
  override shouldComponentUpdate(next: GridLineProps): boolean {
    const { props } = this;
    const samePlace =
      next.index === props.index &&
      next.first === props.first &&
      next.last === props.last &&
      next.active === props.active;
    const sameSize = next.tileWidth === props.tileWidth && next.tileHeight === props.tileHeight;
    return !samePlace || !sameSize || !sameParts(props.content, next.content);
  }

  override render({
    id,
    index: line,
    first,
    last,
    active,
    tileWidth,
    tileHeight,
    describeTile,
    renderTile,
    renderLine,
  }: GridLineProps): JSX.Element {
    return (
      <div class="grid-line" role="row" aria-rowindex={line + 1} style={{ height: `${tileHeight}px` }}>
        {Array.from({ length: last - first + 1 }, (_, column) => {
          const index = first + column;
          return (
            <div
              key={column}
              id={`${id}-${index}`}
              class={index === active ? 'tile tile-active' : 'tile'}
              role="gridcell"
              aria-selected={index === active}
              aria-colindex={column + 1}
              data-index={index}
              style={{ width: `${tileWidth}px` }}
            >
              <span class="hidden-text">{describeTile(index)}</span>
              {/* The same in short. */}
              <div class="tile-content" aria-hidden="true">
                {renderTile(index)}
              </div>
            </div>
          );
        })}
        {renderLine?.(first, last)}
      </div>
    );
  }
}

function sameParts(a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((part, i) => part === b[i]);
}
