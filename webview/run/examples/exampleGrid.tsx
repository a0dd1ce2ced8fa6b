import type { JSX, RefObject } from 'preact';
import { count, plural } from '../../../src/core/text';
import { DigitCanvas } from '../../shared/digitCanvas';
import { usePixelRatio } from '../../shared/pixelRatio';
import { probability } from '../../shared/probability';
import { layOutTile } from '../../shared/tileLayout';
import { VirtualGrid, type GridHandle } from '../../shared/virtualGrid';
import { exampleLoss, type Example, type ExampleSort } from './exampleModel';
import type { RowImages } from './rowImages';

/** About the width of an image, in CSS pixels. */
const IMAGE_WIDTH = 84;
/** Three lines of text below the image. */
const CAPTION = { width: 150, height: 52 };

interface ExampleGridProps {
  readonly examples: readonly Example[];
  /** The labels of the classes. */
  readonly classes: readonly number[];
  readonly side: number;
  /** Undefined where images can't be shown. */
  readonly images: RowImages | undefined;
  /** The sort order, which the captions show. */
  readonly sort: ExampleSort;
  /** An index into the examples; -1 for none. */
  readonly active: number;
  /** The index of the first example in view. */
  readonly top: number;
  readonly handle: RefObject<GridHandle | null>;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
  /** Called when another example is at the top. */
  readonly onTop: (index: number) => void;
  /** The first and last example drawn. */
  readonly onRange: (first: number, last: number) => void;
}

/** The misclassified images, each with its true and its predicted label. */
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
          {/* First in the accessible name, last on screen. */}
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

/** The caption of an image. The accessible name of its tile contains the same words, for voice control. */
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
