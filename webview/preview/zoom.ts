/** CSS pixels that an image is wide at first, about. */
const USUAL_WIDTH = 56;
const WIDEST = 448;

/** The zoom that shows images of `side` pixels at a usual size. */
export function usualZoom(side: number): number {
  return Math.max(1, Math.round(USUAL_WIDTH / side));
}

/** Keeps a zoom between one and what is sensible for images of `side` pixels. */
export function clampZoom(zoom: number, side: number): number {
  return Math.min(Math.max(1, Math.floor(WIDEST / side)), Math.max(1, zoom));
}

/** The zoom after next or before last: steps grow with the zoom, so that it takes few to get far. */
export function stepZoom(zoom: number, direction: 1 | -1, side: number): number {
  const step = zoom + (direction > 0 ? 0 : -1) >= 4 ? 2 : 1;
  return clampZoom(zoom + direction * step, side);
}

/** How far a wheel is turned for a step; pinching comes as many turns of a few pixels. */
const TURN = 40;

/** Makes steps of a zoom from the turns of a wheel. */
export class WheelZoom {
  private turned = 0;

  /** Takes a turn, in pixels, down being smaller; returns the step that it completes, one at most. */
  turn(delta: number): 1 | 0 | -1 {
    // Turning back starts over.
    this.turned = Math.sign(delta) === Math.sign(this.turned) ? this.turned + delta : delta;
    if (Math.abs(this.turned) < TURN) return 0;
    this.turned = 0;
    return delta < 0 ? 1 : -1;
  }
}
