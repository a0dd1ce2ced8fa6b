import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { drawInk, type DigitPixels } from './ink';

interface DigitCanvasProps {
  /** Side by side; undefined while an image is being fetched. */
  readonly digits: readonly (DigitPixels | undefined)[];
  readonly side: number;
  /** Device pixels per image pixel: an integer. */
  readonly scale: number;
  /** Device pixels per CSS pixel, from `usePixelRatio`. */
  readonly ratio: number;
  /** Device pixels between the left edges of images, and before the first. */
  readonly pitch?: number;
  readonly inset?: number;
  readonly invert?: boolean;
  /** Undefined if the surrounding element describes the images. */
  readonly label?: string;
}

/**
 * Draws images side by side, crisply: each image pixel is a square of whole device pixels. A line of a grid is one
 * canvas, because the cost of scrolling depends on the number of canvases, not on their size.
 */
export function DigitCanvas({
  digits,
  side,
  scale,
  ratio,
  pitch = 0,
  inset = 0,
  invert = false,
  label,
}: DigitCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<readonly unknown[]>([]);
  const height = side * scale;
  const width = Math.max(1, 2 * inset + (digits.length - 1) * pitch + height);

  // Before the browser paints, so that a reused line never shows its previous images.
  useLayoutEffect(() => {
    const drawing = [width, height, pitch, invert, ...digits];
    if (drawing.length === drawn.current.length && drawing.every((part, i) => part === drawn.current[i])) return;
    drawn.current = drawing;
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    digits.forEach((digit, i) => {
      if (digit) drawInk(digit, { side, scale, left: inset + i * pitch }, invert, image.data, width);
    });
    context.putImageData(image, 0, 0);
  });
  return (
    <canvas
      ref={canvas}
      class="digit"
      width={width}
      height={height}
      {...(label === undefined ? { 'aria-hidden': 'true' as const } : { role: 'img' as const, 'aria-label': label })}
      style={{ width: `${width / ratio}px`, height: `${height / ratio}px` }}
    />
  );
}
