import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { OcclusionMap } from '../../../src/core/occlusion';
import { DigitCanvas } from '../digitCanvas';
import type { DigitPixels } from '../ink';
import { usePixelRatio } from '../pixelRatio';
import { wholeScale } from '../tileLayout';
import { AttentionCanvas } from './attentionCanvas';
import { dropAt, dropWords } from './attentionModel';
import { movePixel, pixelAt, pixelWords, type Pixel } from './pixelCursor';

/** About the width of the image, in CSS pixels. */
const IMAGE_WIDTH = 280;

interface PixelViewProps {
  readonly digit: DigitPixels | undefined;
  readonly side: number;
  readonly invert: boolean;
  /** A description of the image. */
  readonly label: string;
  /** What the network looked at, if it is to be shown; the name of the predicted class; and the opacity, 0 to 1. */
  readonly map: OcclusionMap | undefined;
  readonly mapName: string;
  readonly opacity: number;
}

/** An enlarged digit whose pixels can be read with the pointer, or with the arrow keys when it has the focus. */
export function PixelView({ digit, side, invert, label, map, mapName, opacity }: PixelViewProps): JSX.Element {
  const ratio = usePixelRatio();
  const [cursor, setCursor] = useState<Pixel>();
  const [hovered, setHovered] = useState<Pixel>();
  const [announced, setAnnounced] = useState('');
  const scale = wholeScale(Math.max(1, Math.floor(IMAGE_WIDTH / side)), ratio);
  const width = (side * scale) / ratio;

  const wordsOf = (pixel: Pixel): string => {
    const words = pixelWords(pixel, digit?.pixels[pixel.row * side + pixel.column]);
    return map ? `${words}; ${dropWords(dropAt(map, pixel), mapName)}` : words;
  };
  const pixelUnder = (event: PointerEvent & { readonly currentTarget: HTMLElement }): Pixel | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    return pixelAt(
      event.clientX - box.left - event.currentTarget.clientLeft,
      event.clientY - box.top - event.currentTarget.clientTop,
      width,
      side,
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const next = movePixel(event.key, event.ctrlKey, cursor, side);
    if (!next) return;
    // Otherwise the inspector would go to the next image.
    event.preventDefault();
    event.stopPropagation();
    setCursor(next);
    setHovered(undefined);
    setAnnounced(wordsOf(next));
  };

  const shown = hovered ?? cursor;
  const pixel = width / side;
  return (
    <>
      <div
        class="pixel-view"
        data-testid="pixel-view"
        role="application"
        aria-label={`${label}. The arrow keys walk over its ${side} by ${side} pixels.`}
        tabIndex={0}
        style={{ width: `${width}px`, height: `${width}px` }}
        onKeyDown={onKeyDown}
        onPointerMove={event => setHovered(pixelUnder(event))}
        onPointerLeave={() => setHovered(undefined)}
        onPointerDown={event => setCursor(pixelUnder(event))}
      >
        <DigitCanvas digits={[digit]} side={side} scale={scale} ratio={ratio} invert={invert} />
        {map && <AttentionCanvas map={map} scale={scale} ratio={ratio} opacity={opacity} />}
        {shown && (
          <span
            class="pixel-cursor"
            style={{
              left: `${shown.column * pixel}px`,
              top: `${shown.row * pixel}px`,
              width: `${pixel}px`,
              height: `${pixel}px`,
            }}
          />
        )}
      </div>
      <p class="pixel-readout muted numbers" data-testid="pixel-readout">
        {shown
          ? wordsOf(shown).replace(/^./, first => first.toUpperCase())
          : 'Point at a pixel for its value, or focus the image and press an arrow key.'}
      </p>
      <p class="hidden-text" role="status">
        {announced}
      </p>
    </>
  );
}
