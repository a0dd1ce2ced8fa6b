import type { JSX, RefObject } from 'preact';
import type { PixelFormat } from '../../src/core/csv/pixelFormat';
import { DigitCanvas } from '../shared/digitCanvas';
import { count, plural } from '../../src/core/text';
import { usePixelRatio } from '../shared/pixelRatio';
import { layOutTile } from '../shared/tileLayout';
import { VirtualGrid, type GridHandle } from '../shared/virtualGrid';
import type { PageCache, PreviewRow } from './pageCache';
import type { PredictionLookup } from './predictionLookup';
import type { RowList } from './rowList';
import { describeRow, isWrong } from './rowWords';

/** Characters of a row number such as "42,000": tiles keep their width while rows are still being found. */
const USUAL_DIGITS = 6;
/** A character and a line of the caption, in CSS pixels. */
const CHARACTER_WIDTH = 7;
const LINE_HEIGHT = 18;

interface DigitGridProps {
  readonly file: string;
  /** Indexed by places in `list`, from 1. */
  readonly cache: PageCache;
  /** The rows shown. */
  readonly list: RowList;
  /** Rows of the file found so far. */
  readonly rows: number;
  readonly predictions: PredictionLookup | undefined;
  readonly format: PixelFormat;
  readonly zoom: number;
  readonly invert: boolean;
  /** Row numbers of the file, from 1; 0 is none. */
  readonly active: number;
  readonly top: number;
  readonly handle: RefObject<GridHandle | null>;
  readonly onActive: (row: number) => void;
  /** Enter or a double click. */
  readonly onOpen: (row: number) => void;
  readonly onHover: (row: number | undefined) => void;
  readonly onTop: (row: number) => void;
}

/** The images of the file, each with its label and row number, and with the predicted label where that is wrong. */
export function DigitGrid(props: DigitGridProps): JSX.Element {
  const { cache, list, rows, predictions, format, zoom, invert } = props;
  const { side } = format;
  const ratio = usePixelRatio();
  const hasLabels = format.kind === 'train';
  // A row number, a space and a label; or two labels and an arrow.
  const characters = Math.max(USUAL_DIGITS, count(rows).length) + 1 + 2 * (predictions?.longest ?? 1);
  const tile = layOutTile(side, zoom, ratio, { width: characters * CHARACTER_WIDTH, height: LINE_HEIGHT });
  const imageSize = `${(side * tile.scale) / ratio}px`;

  const valuesOf = (first: number, last: number): (PreviewRow | undefined)[] =>
    Array.from({ length: last - first + 1 }, (_, i) => cache.get(first + i + 1));

  const renderTile = (index: number): JSX.Element => {
    const row = list.rowAt(index);
    const value = cache.get(index + 1);
    const prediction = predictions?.of(row);
    const wrong = isWrong(value, prediction);
    const label = value && 'digit' in value ? value.label : undefined;
    const guess = prediction && (wrong || !hasLabels) ? `→${prediction.label}` : '';
    return (
      <>
        <div
          class={wrong ? 'tile-image tile-image-wrong' : 'tile-image'}
          style={{ width: imageSize, height: imageSize }}
        >
          {value && 'problem' in value && (
            <div class="tile-problem" title={value.problem}>
              not readable
            </div>
          )}
        </div>
        <div class="tile-caption numbers">
          {(hasLabels || guess !== '') && (
            <span class="tile-label">
              {label}
              {guess}
            </span>
          )}
          <span class="muted">{count(row)}</span>
        </div>
      </>
    );
  };

  const renderLine = (first: number, last: number): JSX.Element => {
    const digits = valuesOf(first, last).map(value => (value && 'digit' in value ? value.digit : undefined));
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
      label={`${props.file}, ${plural(list.count, 'image')}`}
      count={list.count}
      tileWidth={tile.width / ratio}
      tileHeight={tile.height / ratio}
      active={list.indexOf(props.active)}
      describeTile={index =>
        describeRow(list.rowAt(index), cache.get(index + 1), hasLabels, predictions?.of(list.rowAt(index)))
      }
      renderTile={renderTile}
      renderLine={renderLine}
      lineContent={(first, last) => [list, format, predictions, zoom, invert, ratio, ...valuesOf(first, last)]}
      initialTop={list.nearest(props.top)}
      handle={props.handle}
      onActive={index => props.onActive(list.rowAt(index))}
      onOpen={index => props.onOpen(list.rowAt(index))}
      opensOnDoubleClick
      onHover={index => props.onHover(index === undefined ? undefined : list.rowAt(index))}
      onTop={index => props.onTop(list.rowAt(index))}
      onRange={(first, last) => cache.want(first + 1, last + 1, list.count)}
    />
  );
}
