import type { JSX, RefObject } from 'preact';
import { count, plural } from '../../../src/core/text';
import { DigitCanvas } from '../../shared/digitCanvas';
import { usePixelRatio } from '../../shared/pixelRatio';
import { probability } from '../../shared/probability';
import { layOutTile } from '../../shared/tileLayout';
import { VirtualGrid, type GridHandle } from '../../shared/virtualGrid';
import { exampleLoss, type Example, type ExampleSort } from './exampleModel';
import type { RowImages } from './rowImages';

/** CSS pixels that an image is wide, about. */
const IMAGE_WIDTH = 84;
/** Of three lines of text below it. */
const CAPTION = { width: 150, height: 52 };

interface ExampleGridProps {
  readonly examples: readonly Example[];
  /** The labels of the classes. */
  readonly classes: readonly number[];
  readonly side: number;
  /** Undefined where images can't be shown. */
  readonly images: RowImages | undefined;
  /** What they are sorted by, which their captions tell. */
  readonly sort: ExampleSort;
  /** As an index into the examples; -1 for none. */
  readonly active: number;
  /** The example to begin with. */
  readonly top: number;
  readonly handle: RefObject<GridHandle | null>;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
  /** Another one is at the top. */
  readonly onTop: (index: number) => void;
  /** The examples that are drawn, first and last. */
  readonly onRange: (first: number, last: number) => void;
}

/** The misclassified images, each with what it is and what it was taken for. */
export function ExampleGrid({
  examples,
  classes,
  side,
  images,
  sort,
  active,
  top,
  handle,
  onActive,
  onOpen,
  onTop,
  onRange,
}: ExampleGridProps): JSX.Element {
  const ratio = usePixelRatio();
  const tile = layOutTile(side, Math.max(1, Math.round(IMAGE_WIDTH / side)), ratio, CAPTION);
  const imageSize = `${(side * tile.scale) / ratio}px`;

  const renderTile = (index: number): JSX.Element => {
    const { row, what, sure } = captionOf(examples[index]!, classes, sort);
    return (
      <>
        <div class="tile-image" style={{ width: imageSize, height: imageSize }}>
          {!images && <span class="no-image muted">no image</span>}
        </div>
        <div class="example-caption numbers">
          {/* First in the tile's name, last to the eye. */}
          <span class="muted example-row">{row}</span> <strong>{what}</strong> <span>{sure}</span>
        </div>
      </>
    );
  };

  const renderLine = (first: number, last: number): JSX.Element | null =>
    images ? (
      <div class="line-images" style={{ top: `${tile.top / ratio}px` }}>
        <DigitCanvas
          digits={examples.slice(first, last + 1).map(({ row }) => images.get(row))}
          side={side}
          scale={tile.scale}
          ratio={ratio}
          pitch={tile.width}
          inset={tile.left}
        />
      </div>
    ) : null;

  return (
    <VirtualGrid
      label={`${plural(examples.length, 'misclassified image')}; Enter opens one`}
      count={examples.length}
      tileWidth={tile.width / ratio}
      tileHeight={tile.height / ratio}
      active={active}
      describeTile={index => {
        const { row, what, sure } = captionOf(examples[index]!, classes, sort);
        return `${row}: ${what}, ${sure}`;
      }}
      renderTile={renderTile}
      renderLine={renderLine}
      onActive={onActive}
      onOpen={onOpen}
      onRange={onRange}
      initialTop={top}
      onTop={onTop}
      handle={handle}
      fitsContent
    />
  );
}

/** What stands below an image. A tile's name has the same words: one who speaks to the machine says what is seen. */
function captionOf(
  example: Example,
  classes: readonly number[],
  sort: ExampleSort,
): { readonly row: string; readonly what: string; readonly sure: string } {
  const { row, label, predicted, probabilities } = example;
  return {
    row: `Row ${count(row)}${sort === 'loss' ? `, loss ${exampleLoss(example).toFixed(2)}` : ''}`,
    what: `true ${classes[label]!} → predicted ${classes[predicted]!}`,
    sure: `p(${classes[predicted]!}) ${probability(probabilities[predicted]!)}, p(${classes[label]!}) ${probability(probabilities[label]!)}`,
  };
}
