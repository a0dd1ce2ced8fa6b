/** About the width of an image at the usual zoom, in CSS pixels. */
const USUAL_WIDTH = 56;
const WIDEST = 448;

/** The zoom at which images of `side` pixels have the usual size. */
export function usualZoom(side: number): number {
  return Math.max(1, Math.round(USUAL_WIDTH / side));
}

/** Clamps a zoom for images of `side` pixels. */
export function clampZoom(zoom: number, side: number): number {
  return Math.min(Math.max(1, Math.floor(WIDEST / side)), Math.max(1, zoom));
}

/** The next zoom level. Steps grow with the zoom. */
export function stepZoom(zoom: number, direction: 1 | -1, side: number): number {
  const step = zoom + (direction > 0 ? 0 : -1) >= 4 ? 2 : 1;
  return clampZoom(zoom + direction * step, side);
}

/** Wheel movement per zoom step, in pixels; pinching arrives as many small movements. */
const TURN = 40;

/** Converts wheel movements to zoom steps. */
export class WheelZoom {
  private turned = 0;

  /** Adds a movement in pixels; down zooms out. Returns at most one step. */
  turn(delta: number): 1 | 0 | -1 {
    // A change of direction starts over.
    this.turned = Math.sign(delta) === Math.sign(this.turned) ? this.turned + delta : delta;
    if (Math.abs(this.turned) < TURN) return 0;
    this.turned = 0;
    return delta < 0 ? 1 : -1;
  }
}
