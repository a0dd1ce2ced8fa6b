import * as v from 'valibot';
import { count, record } from '../bounds';
import { DigitsError } from '../errors';
import { sentence } from '../sentence';

/** The arrays a safetensors file of ours can hold. */
export type TensorData = Uint16Array | Uint32Array | Float32Array;

/** What a header says of an array. */
const tensorHeader = record({
  dtype: v.picklist(['U16', 'U32', 'F32']),
  shape: v.array(count),
  data_offsets: v.tuple([count, count]),
});

/** The format's name for what is no array. */
const metadataKey = '__metadata__';
const types = { U16: Uint16Array, U32: Uint32Array, F32: Float32Array } as const;

/**
 * Named arrays as one safetensors file (huggingface.co/docs/safetensors: length of the header in 8 bytes, JSON header,
 * little-endian data), which Python reads too. `shape` of each as given; `metadata` is kept beside them.
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: TensorData }>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let offset = 0;
  const header: Record<string, unknown> = metadata ? { [metadataKey]: metadata } : {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const dtype = data instanceof Uint16Array ? 'U16' : data instanceof Uint32Array ? 'U32' : 'F32';
    header[name] = { dtype, shape, data_offsets: [offset, (offset += data.byteLength)] };
  }
  // Padded with spaces, so that the data are aligned.
  const json = new TextEncoder().encode(JSON.stringify(header));
  const text = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(32);
  text.set(json);
  const file = new Uint8Array(8 + text.length + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  let at = 8 + text.length;
  for (const { data } of Object.values(tensors)) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/** The other direction. Throws a DigitsError that names `file` when it is damaged. */
export function decodeSafetensors(bytes: Uint8Array, file: string): Map<string, TensorData> {
  try {
    const { header, start } = readHeader(bytes);
    const data = bytes.subarray(start);
    return new Map(
      Object.entries(header)
        .filter(([name]) => name !== metadataKey)
        .map(([name, about]) => {
          const parsed = v.safeParse(tensorHeader, about);
          if (!parsed.success) throw new Error(`malformed header of ${name}`);
          const {
            dtype,
            shape,
            data_offsets: [from, to],
          } = parsed.output;
          const Type = types[dtype];
          const length = shape.reduce((product, size) => product * size, 1);
          if (to - from !== length * Type.BYTES_PER_ELEMENT || to > data.length)
            throw new Error(`${name} has the wrong length`);
          // A copy, for alignment; a Buffer's own slice() would be none.
          return [name, new Type(new Uint8Array(data.subarray(from, to)).buffer)];
        }),
    );
  } catch (error) {
    throw new DigitsError('read-failed', sentence`${file} is damaged; delete this run and train again.`, String(error));
  }
}

/** The metadata of a file of which `bytes` are the start, the whole header at least; none where it has none. Throws an error of any kind where it is damaged. */
export function decodeMetadata(bytes: Uint8Array): Readonly<Record<string, string>> {
  const entries = Object.entries(readHeader(bytes).header[metadataKey] ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

function readHeader(bytes: Uint8Array): { readonly header: Readonly<Record<string, object>>; readonly start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new Error('its header is none');
  return { header: header as Readonly<Record<string, object>>, start };
}
