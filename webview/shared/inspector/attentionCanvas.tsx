import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { OcclusionMap } from '../../../src/core/occlusion';
import { colourOf, scaleOf } from './attentionModel';

interface AttentionCanvasProps {
  readonly map: OcclusionMap;
  /** Device pixels per image pixel, and per CSS pixel. */
  readonly scale: number;
  readonly ratio: number;
  /** 0 to 1. */
  readonly opacity: number;
}

/** The map over the digit. The elements around it describe it. */
export function AttentionCanvas({ map, scale, ratio, opacity }: AttentionCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { grid, drops } = map;
  const width = grid.side * scale;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, width, width);
    const most = scaleOf(map);
    const size = grid.cell * scale;
    drops.forEach((drop, index) => {
      const { rgb, share } = colourOf(drop, most);
      context.fillStyle = `rgb(${rgb.join(' ')} / ${share * opacity})`;
      context.fillRect((index % grid.cells) * size, Math.floor(index / grid.cells) * size, size, size);
    });
  }, [map, width, opacity]);
  return (
    <canvas
      ref={canvas}
      class="attention-map"
      data-testid="attention-map"
      aria-hidden="true"
      width={width}
      height={width}
      style={{ width: `${width / ratio}px`, height: `${width / ratio}px` }}
    />
  );
}

const LEGEND_STEPS = 41;

/** The colour scale from the strongest rise to the strongest fall, on paper. */
export function AttentionLegend({ opacity }: { readonly opacity: number }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    for (let step = 0; step < LEGEND_STEPS; step++) {
      const { rgb, share } = colourOf((2 * step) / (LEGEND_STEPS - 1) - 1, 1);
      const over = share * opacity;
      context.fillStyle = `rgb(${rgb.map(part => Math.round(part * over + 255 * (1 - over))).join(' ')})`;
      context.fillRect(step, 0, 1, 1);
    }
  }, [opacity]);
  return <canvas ref={canvas} class="attention-legend" aria-hidden="true" width={LEGEND_STEPS} height={1} />;
}
