import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { fillInk, type DigitPixels } from './ink';
import { wholePixels } from './pixelRatio';

interface DigitCanvasProps {
  /** Undefined while they are on their way. */
  readonly digit: DigitPixels | undefined;
  readonly side: number;
  /** CSS pixels that a pixel of the image covers, about: it covers whole device pixels. */
  readonly zoom: number;
  /** Device pixels in a CSS pixel, from `usePixelRatio`. */
  readonly ratio: number;
  readonly invert?: boolean;
  readonly label: string;
}

/** One image, crisp: the canvas has the image's own pixels and the browser enlarges each to a whole number of the screen's. */
export function DigitCanvas({ digit, side, zoom, ratio, invert = false, label }: DigitCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = `${side * wholePixels(zoom, ratio)}px`;
  // Before the browser paints, so that a tile used again never shows the image it had.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    if (!digit) return context.clearRect(0, 0, side, side);
    const image = context.createImageData(side, side);
    fillInk(digit, invert, image.data);
    context.putImageData(image, 0, 0);
  }, [digit, side, invert]);
  return <canvas ref={canvas} class="digit" width={side} height={side} role="img" aria-label={label} style={{ width: size, height: size }} />;
}
