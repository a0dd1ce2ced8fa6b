import { expect, it } from 'vitest';
import { layoutOf } from '../../../../src/core/data/layout';
import type { RunRecord } from '../../../../src/core/run/runRecord';
import { orientationOf } from '../../../../src/host/inspector/fitImage';
import type { ExplainedImage } from '../../../../src/protocol/explain';
import type { OpenedPixelFile } from '../../../../src/protocol/pixelFile';

const side = 4;
const size = side ** 2;
const images = 100;

/** A file of bits: a stroke along the top of each image, or down its left. */
function open(stroke: 'top' | 'left'): OpenedPixelFile {
  const isInk = (i: number): boolean => (stroke === 'top' ? i > 0 && i < 3 : i === 4 || i === 8);
  const pixels = Uint8Array.from({ length: images * size }, (_, i) => (isInk(i % size) ? 1 : 0));
  return {
    layout: layoutOf(pixels, side, 1),
    first: { rows: new Uint32Array(images), pixels },
  } as unknown as OpenedPixelFile;
}
const run = {
  id: 'a',
  data: { side, classes: [3, 5], maxPixel: 255, high: 'ink', mean: 0.125 },
} as unknown as RunRecord;

/** A network that is sure where the stroke is along the top, as full ink. */
async function notes(
  file: OpenedPixelFile,
): Promise<{ notes: readonly string[]; asked: readonly (number | undefined)[] }> {
  const asked: (number | undefined)[] = [];
  const ask = ({ pixels, ink = 255, images: count }: ExplainedImage): Promise<Float32Array> => {
    asked.push(count);
    const isSure = (image: number): boolean => pixels[image * size + 1]! / ink === 1;
    return Promise.resolve(
      Float32Array.from({ length: 2 * count! }, (_, i) => (isSure(i >> 1) ? [0.9, 0.1][i % 2]! : 0.5)),
    );
  };
  return { notes: await orientationOf(run, '/data/test.csv', file, ask), asked };
}

it('a preview asks a network how the images of its file lie, a few at a time and on the scale of the file', async () => {
  const upright = await notes(open('top'));
  expect(upright.notes).toEqual([]);
  const transposed = await notes(open('left'));
  expect(transposed.notes.join()).toMatch(
    /^The images of test.csv seem to be transposed .*: run a is 50 % sure .* 90 %/,
  );
  expect(transposed.asked.slice(0, 2)).toEqual([64, 36]);
  expect(Math.max(...transposed.asked.map(count => count!))).toBe(64);
});
