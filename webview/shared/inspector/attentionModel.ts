import { mostImportant, type OcclusionMap } from '../../../src/core/occlusion';
import { probability } from '../probability';
import type { Pixel } from './pixelCursor';

/** Red, green and blue. */
export type Rgb = readonly [number, number, number];

/**
 * A fall is vermilion and a rise blue: Okabe and Ito's colours, which people with any kind of colour vision can tell
 * apart, on paper and on ink. See jfly.uni-koeln.de/color.
 */
export const fallColour: Rgb = [213, 94, 0];
export const riseColour: Rgb = [0, 114, 178];

/** The smallest scale, so that a map without effect looks empty. */
const LEAST_SCALE = 0.05;

/** The change of probability that has the strongest colour. */
export function scaleOf({ drops }: Pick<OcclusionMap, 'drops'>): number {
  return drops.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), LEAST_SCALE);
}

/** The colour of a fall, or of a rise if negative, and its opacity, 0 to 1. */
export function colourOf(drop: number, scale: number): { readonly rgb: Rgb; readonly share: number } {
  const share = Math.min(1, Math.abs(drop) / scale) || 0;
  return { rgb: drop < 0 ? riseColour : fallColour, share };
}

/** The fall when the patch around a pixel is covered. */
export function dropAt({ grid, drops }: OcclusionMap, { row, column }: Pixel): number {
  return drops[Math.floor(row / grid.cell) * grid.cells + Math.floor(column / grid.cell)] ?? 0;
}

/** Says what covering the patch around a pixel does: "p(3) falls by 0.31 when covered". */
export function dropWords(drop: number, name: string): string {
  const size = probability(Math.abs(drop));
  if (!(Math.abs(drop) >= 0.005)) return `p(${name}) stays when covered`;
  return drop > 0 ? `p(${name}) falls by ${size} when covered` : `p(${name}) rises by ${size} when covered`;
}

/** Describes the map: the largest effect of covering, and where. `name`: that of the predicted class. */
export function attentionWords(map: OcclusionMap, name: string): string {
  const most = map.drops.reduce((a, b) => (b > a ? b : a), 0);
  const least = map.drops.reduce((a, b) => (b < a ? b : a), 0);
  const rises = least <= -0.005 ? ` Elsewhere it rises by up to ${probability(-least)}.` : '';
  const box = mostImportant(map);
  if (!box) return `Covered part by part, p(${name}) hardly falls: no part alone decides.${rises}`;
  return `Covered part by part, p(${name}) falls by up to ${probability(most)}. Most important: ${range('row', box.top, box.bottom)}, ${range('column', box.left, box.right)}.${rises}`;
}

function range(what: string, first: number, last: number): string {
  return first === last ? `${what} ${first}` : `${what}s ${first}–${last}`;
}
