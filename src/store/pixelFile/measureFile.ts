import { withPixelFile } from './openPixelFile';
import { readFully } from './readFully';

const sampleBytes = 1 << 18;

/** The side of a file's images and about how many rows it has, judged by its first ones. Throws as readFormat does. */
export async function measureFile(file: string): Promise<{ readonly rows: number; readonly side: number }> {
  return withPixelFile(file, async ({ handle, size, format: { dataOffset, side } }) => {
    const sample = await readFully(handle, Buffer.alloc(sampleBytes), dataOffset);
    // A line ends with LF, CR or both.
    const lines = sample.reduce(
      (count, byte, i) => count + (byte === 10 || (byte === 13 && sample[i + 1] !== 10) ? 1 : 0),
      0,
    );
    return { rows: Math.max(Math.round(((size - dataOffset) / sample.length) * lines) || 1, 1), side };
  });
}
