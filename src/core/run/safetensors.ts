import { DigitsError } from '../errors';

/** The arrays a safetensors file of ours can hold. */
export type TensorData = Uint16Array | Uint32Array | Float32Array;

const types = { U16: Uint16Array, U32: Uint32Array, F32: Float32Array } as const;

/**
 * Named arrays as one safetensors file (huggingface.co/docs/safetensors: length of the header in 8 bytes, JSON header,
 * little-endian data), which Python reads too. `shape` of each as given.
 */
export function encodeSafetensors(tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: TensorData }>>): Uint8Array {
  let offset = 0;
  const header: Record<string, unknown> = {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const dtype = data instanceof Uint16Array ? 'U16' : data instanceof Uint32Array ? 'U32' : 'F32';
    header[name] = { dtype, shape, data_offsets: [offset, (offset += data.byteLength)] };
  }
  // Padded with spaces, so that the data are aligned.
  const json = JSON.stringify(header);
  const text = new TextEncoder().encode(json + ' '.repeat((8 - (json.length % 8)) % 8));
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
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const headerLength = Number(view.getBigUint64(0, true));
    const start = 8 + headerLength;
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Record<string, { dtype: keyof typeof types; shape: number[]; data_offsets: [number, number] }>;
    return new Map(
      Object.entries(header).map(([name, { dtype, shape, data_offsets: [from, to] }]) => {
        const Type = types[dtype];
        const length = shape.reduce((product, size) => product * size, 1);
        if (to - from !== length * Type.BYTES_PER_ELEMENT || start + to > bytes.length) throw new Error(`${name} has the wrong length`);
        // A copy, for alignment; a Buffer's own slice() would be none.
        return [name, new Type(new Uint8Array(bytes.subarray(start + from, start + to)).buffer)];
      }),
    );
  } catch (error) {
    throw new DigitsError('read-failed', `${file} is damaged; delete this run and train again.`, String(error));
  }
}
