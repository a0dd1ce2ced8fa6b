import { assemble, i32, single, type Code, type FunctionBody, type Lanes, type Local } from './assembler';

const bytes = 4;
/** Vectors of channels kept in registers at a time: on x64, four are a cache line. */
const most = 4;

/** Calls `write` for groups of adjacent channels until all are covered; `offset` is that of the first, in bytes. */
function forChannels(
  f: FunctionBody,
  channels: Local,
  wide: Lanes,
  write: (lanes: Lanes, vectors: number, offset: Local) => void,
): void {
  const offset = f.local('i32');
  const end = f.local('i32');
  for (const [lanes, vectors] of [
    [wide, most],
    [wide, 1],
    [single, 1],
  ] as const) {
    const size = lanes.count * vectors;
    f.set(end, i32.mul(i32.sub(channels, i32.of(size - 1)), i32.of(bytes)));
    f.loop(offset, end, size * bytes, () => write(lanes, vectors, offset));
  }
}

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/**
 * Assembles a sum of a term over all pixels, for each channel: (inputs..., constants..., sum, channels, pixels of a
 * group, groups). Inputs are [groups * pixels, c], constants and sum [c]. Each group is summed by itself first, which
 * keeps long sums precise.
 */
export function assembleSum(
  memory: WebAssembly.Memory,
  wide: Lanes,
  inputCount: number,
  constantCount: number,
  term: (lanes: Lanes, inputs: readonly Code[], constants: readonly Code[]) => Code,
): (...values: number[]) => void {
  return assemble(
    memory,
    times(inputCount + constantCount + 4, () => 'i32' as const),
    (f, ...parameters) => {
      const inputs = parameters.slice(0, inputCount);
      const constants = parameters.slice(inputCount, inputCount + constantCount);
      const [sum, channels, pixels, groups] = parameters.slice(inputCount + constantCount) as [
        Local,
        Local,
        Local,
        Local,
      ];
      const pixel = f.local('i32');
      const group = f.local('i32');
      const stride = f.let('i32', i32.mul(channels, i32.of(bytes)));
      const places = inputs.map(() => f.local('i32'));
      forChannels(f, channels, wide, (lanes, vectors, offset) => {
        const vector = (v: number): number => v * lanes.count * bytes;
        const totals = times(vectors, () => f.let(lanes.type, lanes.each(0)));
        const sums = totals.map(() => f.local(lanes.type));
        const held = times(vectors, v =>
          constants.map(constant => f.let(lanes.type, lanes.load(i32.add(constant, offset), vector(v)))),
        );
        places.forEach((place, i) => f.set(place, i32.add(inputs[i]!, offset)));
        f.repeat(group, groups, () => {
          sums.forEach(part => f.set(part, lanes.each(0)));
          f.repeat(pixel, pixels, () => {
            sums.forEach((part, v) =>
              f.set(
                part,
                lanes.add(
                  part,
                  term(
                    lanes,
                    places.map(place => lanes.load(place, vector(v))),
                    held[v]!,
                  ),
                ),
              ),
            );
            places.forEach(place => f.set(place, i32.add(place, stride)));
          });
          totals.forEach((total, v) => f.set(total, lanes.add(total, sums[v]!)));
        });
        totals.forEach((total, v) => f.do(lanes.store(i32.add(sum, offset), total, vector(v))));
      });
    },
  );
}

/**
 * Assembles an elementwise function of inputs and of constants per channel: (inputs..., constants..., output, channels,
 * pixels). Inputs and output are [pixels, c], constants [c].
 */
export function assembleMap(
  memory: WebAssembly.Memory,
  wide: Lanes,
  inputCount: number,
  constantCount: number,
  value: (lanes: Lanes, inputs: readonly Code[], constants: readonly Code[]) => Code,
): (...values: number[]) => void {
  return assemble(
    memory,
    times(inputCount + constantCount + 3, () => 'i32' as const),
    (f, ...parameters) => {
      const constants = parameters.slice(inputCount, inputCount + constantCount);
      const [output, channels, pixels] = parameters.slice(inputCount + constantCount) as [Local, Local, Local];
      const pixel = f.local('i32');
      const stride = f.let('i32', i32.mul(channels, i32.of(bytes)));
      const starts = [...parameters.slice(0, inputCount), output];
      const places = starts.map(() => f.local('i32'));
      forChannels(f, channels, wide, (lanes, vectors, offset) => {
        const vector = (v: number): number => v * lanes.count * bytes;
        const held = times(vectors, v =>
          constants.map(constant => f.let(lanes.type, lanes.load(i32.add(constant, offset), vector(v)))),
        );
        places.forEach((place, i) => f.set(place, i32.add(starts[i]!, offset)));
        f.repeat(pixel, pixels, () => {
          for (let v = 0; v < vectors; v++)
            f.do(
              lanes.store(
                places.at(-1)!,
                value(
                  lanes,
                  places.slice(0, -1).map(place => lanes.load(place, vector(v))),
                  held[v]!,
                ),
                vector(v),
              ),
            );
          places.forEach(place => f.set(place, i32.add(place, stride)));
        });
      });
    },
  );
}
