import type { MarkerShape, Point } from './chartModel';

/** The outline of a marker, as an SVG path; `r` is about its radius. */
export function markerPath(shape: MarkerShape, x: number, y: number, r: number): string {
  switch (shape) {
    case 'circle':
      return `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`;
    case 'square':
      return polygon(x, y, r * 0.9, [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ]);
    case 'diamond':
      return polygon(x, y, r * 1.25, [
        [0, -1],
        [1, 0],
        [0, 1],
        [-1, 0],
      ]);
    case 'triangle':
      return polygon(x, y, r * 1.15, [
        [0, -1],
        [1, 0.85],
        [-1, 0.85],
      ]);
    case 'wedge':
      return polygon(x, y, r * 1.15, [
        [0, 1],
        [1, -0.85],
        [-1, -0.85],
      ]);
    case 'star':
      return polygon(x, y, r * 1.5, [
        [0, -1],
        [0.3, -0.3],
        [1, 0],
        [0.3, 0.3],
        [0, 1],
        [-0.3, 0.3],
        [-1, 0],
        [-0.3, -0.3],
      ]);
    case 'bar':
      return polygon(x, y, r * 1.3, [
        [-0.35, -1],
        [0.35, -1],
        [0.35, 1],
        [-0.35, 1],
      ]);
  }
}

/** A line through points, as an SVG path; `x` and `y` map them to pixels. */
export function linePath(points: readonly Point[], x: (epoch: number) => number, y: (value: number) => number): string {
  return points.map(({ epoch, value }, i) => `${i === 0 ? 'M' : 'L'}${n(x(epoch))} ${n(y(value))}`).join('');
}

/** The same as steps: each value spans its epoch. */
export function stepPath(points: readonly Point[], x: (epoch: number) => number, y: (value: number) => number): string {
  return points
    .map(({ epoch, value }, i) => `${i === 0 ? 'M' : 'L'}${n(x(epoch - 0.5))} ${n(y(value))}H${n(x(epoch + 0.5))}`)
    .join('');
}

function polygon(x: number, y: number, r: number, corners: readonly (readonly [number, number])[]): string {
  return `M${corners.map(([dx, dy]) => `${n(x + dx * r)} ${n(y + dy * r)}`).join('L')}z`;
}

/** Rounds to a tenth of a pixel. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
