/** A point of a stroke, in any unit. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Stroke = readonly Point[];

/** Half the width of the pen, as a share of the box: about that of MNIST's digits. */
const PEN = 0.06;
/** A drawing smaller than this share of the paper is a dot or a dash, and stays small. */
const SMALLEST = 0.2;

/**
 * Converts a drawing to an image like those of MNIST, [side, side], 0 for paper to 1 for ink. The longer side of the
 * drawing fills `box` pixels, its centre of mass is in the middle, and strokes have one width whatever the scale.
 * `paper`: the side of the paper, in the unit of the strokes.
 */
export function drawingToImage(strokes: readonly Stroke[], paper: number, side: number, box: number): Float32Array {
  const points = strokes.flat();
  if (points.length === 0) return new Float32Array(side * side);
  const x = range(points.map(point => point.x));
  const y = range(points.map(point => point.y));
  const pen = Math.max(PEN * box, 0.5);
  const scale = (box - 2 * pen) / Math.max(x.length, y.length, SMALLEST * paper);
  const place = (across: number, down: number): readonly Stroke[] =>
    strokes.map(stroke =>
      stroke.map(point => ({ x: (point.x - x.middle) * scale + across, y: (point.y - y.middle) * scale + down })),
    );

  const middle = side / 2;
  const mass = centreOfMass(ink(place(middle, middle), side, pen), side);
  // The drawing must stay within the image.
  const roomAcross = Math.max(0, middle - (x.length * scale) / 2 - pen);
  const roomDown = Math.max(0, middle - (y.length * scale) / 2 - pen);
  return ink(
    place(middle + within(middle - mass.x, roomAcross), middle + within(middle - mass.y, roomDown)),
    side,
    pen,
  );
}

/** The share of each pixel that strokes cover, 0 to 1; `pen` is half their width. Returns [side, side]. */
function ink(strokes: readonly Stroke[], side: number, pen: number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) => {
    const centre = { x: (i % side) + 0.5, y: Math.floor(i / side) + 0.5 };
    const distance = Math.min(...strokes.map(stroke => distanceTo(stroke, centre)));
    return Math.min(Math.max(pen + 0.5 - distance, 0), 1);
  });
}

function distanceTo(stroke: Stroke, { x, y }: Point): number {
  let nearest = Infinity;
  stroke.forEach((end, i) => {
    const start = stroke[Math.max(i - 1, 0)]!;
    const across = end.x - start.x;
    const down = end.y - start.y;
    const along = ((x - start.x) * across + (y - start.y) * down) / (across ** 2 + down ** 2 || 1);
    const t = Math.min(Math.max(along, 0), 1);
    nearest = Math.min(nearest, Math.hypot(x - start.x - t * across, y - start.y - t * down));
  });
  return nearest;
}

function centreOfMass(image: Float32Array, side: number): Point {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((value, i) => {
    mass += value;
    x += value * ((i % side) + 0.5);
    y += value * (Math.floor(i / side) + 0.5);
  });
  return mass === 0 ? { x: side / 2, y: side / 2 } : { x: x / mass, y: y / mass };
}

function range(values: readonly number[]): { readonly length: number; readonly middle: number } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return { length: high - low, middle: (low + high) / 2 };
}

function within(value: number, most: number): number {
  return Math.min(Math.max(value, -most), most);
}
