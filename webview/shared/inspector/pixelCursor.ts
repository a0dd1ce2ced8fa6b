/** A pixel of an image, counted from 0. */
export interface Pixel {
  readonly row: number;
  readonly column: number;
}

/** The pixel that a key leads to; the first key goes to the middle. Undefined if the image does not handle it. */
export function movePixel(key: string, ctrl: boolean, from: Pixel | undefined, side: number): Pixel | undefined {
  const middle = Math.floor((side - 1) / 2);
  const last = side - 1;
  const { row, column } = from ?? { row: middle, column: middle };
  const to = (nextRow: number, nextColumn: number): Pixel =>
    from
      ? { row: Math.min(last, Math.max(0, nextRow)), column: Math.min(last, Math.max(0, nextColumn)) }
      : { row, column };
  switch (key) {
    case 'ArrowLeft':
      return to(row, ctrl ? 0 : column - 1);
    case 'ArrowRight':
      return to(row, ctrl ? last : column + 1);
    case 'ArrowUp':
      return to(ctrl ? 0 : row - 1, column);
    case 'ArrowDown':
      return to(ctrl ? last : row + 1, column);
    case 'Home':
      return to(ctrl ? 0 : row, 0);
    case 'End':
      return to(ctrl ? last : row, last);
    case 'PageUp':
      return to(0, column);
    case 'PageDown':
      return to(last, column);
    default:
      return undefined;
  }
}

/** The pixel at a position in an image drawn `width` wide and high; undefined outside it. */
export function pixelAt(x: number, y: number, width: number, side: number): Pixel | undefined {
  if (x < 0 || y < 0 || x >= width || y >= width) return undefined;
  return { row: Math.floor((y / width) * side), column: Math.floor((x / width) * side) };
}

/** Describes a pixel: "pixel row 8, column 10: 127". */
export function pixelWords({ row, column }: Pixel, value: number | undefined): string {
  return `pixel row ${row + 1}, column ${column + 1}: ${value ?? 'not there yet'}`;
}
