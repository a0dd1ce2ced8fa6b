import type { JSX, RefObject } from 'preact';
import type { PixelFormat } from '../../src/core/csv/pixelFormat';
import { DigitCanvas } from '../shared/digitCanvas';
import { count, plural } from '../shared/format';
import { usePixelRatio } from '../shared/pixelRatio';
import { VirtualGrid, type GridHandle } from '../shared/virtualGrid';
import type { PageCache } from './pageCache';
import { describeRow } from './statusLine';
import { tileSize } from './zoom';

/** Of row numbers such as "42,000": tiles keep their width while rows are still being found. */
const USUAL_DIGITS = 6;

interface DigitGridProps {
  readonly file: string;
  readonly cache: PageCache;
  /** Rows known by now. */
  readonly rows: number;
  readonly format: PixelFormat;
  readonly zoom: number;
  readonly invert: boolean;
  /** Row numbers count from 1; 0 is none. */
  readonly active: number;
  readonly top: number;
  readonly handle: RefObject<GridHandle | null>;
  readonly onActive: (row: number) => void;
  readonly onHover: (row: number | undefined) => void;
  readonly onTop: (row: number) => void;
}

/** All images of the file, each with its label and row number. */
export function DigitGrid(props: DigitGridProps): JSX.Element {
  const { cache, rows, format, zoom, invert } = props;
  const ratio = usePixelRatio();
  const hasLabels = format.kind === 'train';
  const tile = tileSize(format.side, zoom, ratio, Math.max(USUAL_DIGITS, count(rows).length));

  const renderTile = (index: number): JSX.Element => {
    const row = index + 1;
    const value = cache.get(row);
    const digit = value && 'digit' in value ? value : undefined;
    return (
      <>
        {value && 'problem' in value ? (
          <div class="tile-problem" style={{ height: `${format.side * zoom}px` }} role="img" aria-label={describeRow(row, value, hasLabels)} title={value.problem}>
            <span aria-hidden="true">not readable</span>
          </div>
        ) : (
          <DigitCanvas digit={digit?.digit} side={format.side} zoom={zoom} ratio={ratio} invert={invert} label={describeRow(row, value, hasLabels)} />
        )}
        <div class="tile-caption numbers" aria-hidden="true">
          {hasLabels && <span class="tile-label">{digit?.label ?? ''}</span>}
          <span class="muted">{count(row)}</span>
        </div>
      </>
    );
  };

  return (
    <VirtualGrid
      label={`${props.file}, ${plural(rows, 'image')}`}
      count={rows}
      tileWidth={tile.width}
      tileHeight={tile.height}
      active={props.active - 1}
      renderTile={renderTile}
      initialTop={props.top - 1}
      handle={props.handle}
      onActive={index => props.onActive(index + 1)}
      onHover={index => props.onHover(index === undefined ? undefined : index + 1)}
      onTop={index => props.onTop(index + 1)}
      onRange={(first, last) => cache.want(first + 1, last + 1, rows)}
    />
  );
}
