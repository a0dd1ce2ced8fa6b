import { assemble, i32, single, type Code, type Lanes } from './assembler';

/** A function of addresses, the size of y [n, h, w, c], and the strides of x and dx in bytes. */
export type MaxPoolGradient = (
  dy: number,
  x: number,
  y: number,
  dx: number,
  channels: number,
  width: number,
  height: number,
  rowBytes: number,
  imageBytes: number,
  images: number,
) => void;

/**
 * Assembles the gradient of 2x2 max pools, for the part of dx that they cover. The first of equal maxima gets all of
 * it, as in TensorFlow.
 */
export function assembleMaxPoolGradient(memory: WebAssembly.Memory, wide: Lanes): MaxPoolGradient {
  return assemble(
    memory,
    Array.from({ length: 10 }, () => 'i32' as const),
    (f, dy, x, y, dx, channels, width, height, rowBytes, imageBytes, images) => {
      const pixelBytes = f.let('i32', i32.mul(channels, i32.of(4)));
      const toDx = f.let('i32', i32.sub(dx, x));
      const [image, row, column, channel] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
      const [rowStart, place] = [f.local('i32'), f.local('i32')];

      const window = (lanes: Lanes): void => {
        const rest = f.let(lanes.type, lanes.load(dy));
        const below = i32.add(place, rowBytes);
        for (const at of [place, i32.add(place, pixelBytes), below, i32.add(below, pixelBytes)] satisfies Code[]) {
          const taken = f.let(lanes.type, lanes.whereEqual(lanes.load(at), lanes.load(y), rest));
          f.do(lanes.store(i32.add(at, toDx), taken));
          f.set(rest, lanes.sub(rest, taken));
        }
        for (const local of [dy, y, place]) f.advance(local, lanes.count * 4);
      };

      f.repeat(image, images, () => {
        f.set(rowStart, x);
        f.repeat(row, height, () => {
          f.set(place, rowStart);
          f.repeat(column, width, () => {
            f.set(channel, i32.of(0));
            for (const lanes of [wide, single])
              f.loop(channel, i32.sub(channels, i32.of(lanes.count - 1)), lanes.count, () => window(lanes));
            f.set(place, i32.add(place, pixelBytes));
          });
          f.set(rowStart, i32.add(rowStart, i32.mul(rowBytes, i32.of(2))));
        });
        f.set(x, i32.add(x, imageBytes));
      });
    },
  );
}
