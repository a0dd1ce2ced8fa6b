import type { JSX, RefObject } from 'preact';
import type { PixelFormat } from '../../src/core/csv/pixelFormat';
import { DigitCanvas } from '../shared/digitCanvas';
import { count, plural } from '../../src/core/text';
import { usePixelRatio } from '../shared/pixelRatio';
import { layOutTile } from '../shared/tileLayout';
import { VirtualGrid, type GridHandle } from '../shared/virtualGrid';
import type { PageCache } from './pageCache';
import { describeRow } from './statusLine';

/** Of row numbers such as "42,000": tiles keep their width while rows are still being found. */
const USUAL_DIGITS = 6;
/** Of the caption, in CSS pixels. */
const CHARACTER_WIDTH = 7;
const LINE_HEIGHT = 18;

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
  /** Enter, or a double click. */
  readonly onOpen: (row: number) => void;
  readonly onHover: (row: number | undefined) => void;
  readonly onTop: (row: number) => void;
}

/** All images of the file, each with its label and row number. */
export function DigitGrid(props: DigitGridProps): JSX.Element {
  const { cache, rows, format, zoom, invert } = props;
  const { side } = format;
  const ratio = usePixelRatio();
  const hasLabels = format.kind === 'train';
  // A label, a space and a row number.
  const characters = Math.max(USUAL_DIGITS, count(rows).length) + 3;
  const tile = layOutTile(side, zoom, ratio, { width: characters * CHARACTER_WIDTH, height: LINE_HEIGHT });
  const imageSize = `${(side * tile.scale) / ratio}px`;

  const renderTile = (index: number): JSX.Element => {
    const row = index + 1;
    const value = cache.get(row);
    return (
      <>
        <div class="tile-image" style={{ width: imageSize, height: imageSize }}>
          {value && 'problem' in value && <div class="tile-problem" title={value.problem}>not readable</div>}
        </div>
        <div class="tile-caption numbers">
          {hasLabels && <span class="tile-label">{value && 'digit' in value ? value.label : ''}</span>}
          <span class="muted">{count(row)}</span>
        </div>
      </>
    );
  };

  const renderLine = (first: number, last: number): JSX.Element => {
    const digits = Array.from({ length: last - first + 1 }, (_, i) => {
      const value = cache.get(first + i + 1);
      return value && 'digit' in value ? value.digit : undefined;
    });
    return (
      <div class="line-images" style={{ top: `${tile.top / ratio}px` }}>
        <DigitCanvas
          digits={digits}
          side={side}
          scale={tile.scale}
          ratio={ratio}
          pitch={tile.width}
          inset={tile.left}
          invert={invert}
        />
      </div>
    );
  };

  return (
    <VirtualGrid
      label={`${props.file}, ${plural(rows, 'image')}`}
      count={rows}
      tileWidth={tile.width / ratio}
      tileHeight={tile.height / ratio}
      active={props.active - 1}
      describeTile={index => describeRow(index + 1, cache.get(index + 1), hasLabels)}
      renderTile={renderTile}
      renderLine={renderLine}
      initialTop={props.top - 1}
      handle={props.handle}
      onActive={index => props.onActive(index + 1)}
      onOpen={index => props.onOpen(index + 1)}
      opensOnDoubleClick
      onHover={index => props.onHover(index === undefined ? undefined : index + 1)}
      onTop={index => props.onTop(index + 1)}
      onRange={(first, last) => cache.want(first + 1, last + 1, rows)}
    />
  );
}
