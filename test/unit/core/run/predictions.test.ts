import { describe, expect, it } from 'vitest';
import { decodePredictions } from '../../../../src/core/run/predictions';
import { rowPredictions } from '../../../../src/core/run/rowPredictions';
import { decodeSafetensors, encodeSafetensors, type TensorData } from '../../../../src/core/run/safetensors';
import { validationView } from '../../../../src/host/run/validationView';

const encode = (tensors: Readonly<Record<string, TensorData>>): Uint8Array =>
  encodeSafetensors(
    Object.fromEntries(Object.entries(tensors).map(([name, data]) => [name, { shape: [data.length], data }])),
  );
const rows = Uint32Array.of(7, 9);
const labels = Uint16Array.of(1, 0);
const probabilities = Float32Array.of(0.25, 0.75, 0.5, 0.5);

describe('a file of predictions', () => {
  it('is read, with labels and without, and with no image at all', () => {
    expect(decodePredictions(encode({ rows, labels, probabilities }), 'FILE')).toEqual({ rows, labels, probabilities });
    expect(decodePredictions(encode({ rows, probabilities }), 'FILE')).toEqual({
      rows,
      labels: undefined,
      probabilities,
    });
    expect(
      decodePredictions(encode({ rows: new Uint32Array(), probabilities: new Float32Array() }), 'FILE').rows,
    ).toHaveLength(0);
  });

  it.each<[string, Readonly<Record<string, TensorData>>]>([
    ['no rows', { labels, probabilities }],
    ['no probabilities', { rows, labels }],
    ['probabilities of fewer images', { rows, probabilities: probabilities.slice(1) }],
    ['probabilities and no image', { rows: new Uint32Array(), probabilities }],
    ['images and no probability', { rows, probabilities: new Float32Array() }],
    ['labels of other images', { rows, labels: Uint16Array.of(1), probabilities }],
    ['labels beyond the classes', { rows, labels: Uint16Array.of(1, 2), probabilities }],
    ['arrays of another kind', { rows: Float32Array.of(7, 9), probabilities }],
  ])('is refused by its name with %s', (_, tensors) => {
    expect(() => decodePredictions(encode(tensors), 'FILE')).toThrow(
      /^FILE is damaged; delete this run and train again\.$/,
    );
  });
});

describe("predictions of other classes than the run's", () => {
  it('are refused by whoever shows them', () => {
    const predictions = { rows, labels, probabilities };
    expect(validationView(predictions, 2)?.confusion).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect([...rowPredictions(predictions, [4, 9]).predicted]).toEqual([9, 4]);
    for (const show of [
      () => validationView(predictions, 3),
      () => rowPredictions(predictions, [4]),
      () => rowPredictions(predictions, [4, 5, 9]),
    ])
      expect(show).toThrow(/^The predictions in this run's folder are not of its classes/);
  });
});

describe('the header of a safetensors file', () => {
  const withHeader = (header: unknown): Uint8Array => {
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([length, text, Buffer.alloc(16, 1)]);
  };

  it('is taken where it names what is there', () => {
    expect(
      decodeSafetensors(
        withHeader({
          a: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
          b: { dtype: 'U16', shape: [1], data_offsets: [4, 6] },
        }),
        'FILE',
      ).size,
    ).toBe(2);
  });

  it.each<[string, unknown]>([
    ['a place before the data', { dtype: 'F32', shape: [4], data_offsets: [-16, 0] }],
    ['a place beyond the data', { dtype: 'F32', shape: [4], data_offsets: [4, 20] }],
    ['lengths that make up for each other', { dtype: 'F32', shape: [-2, -2], data_offsets: [0, 16] }],
    ['half a value', { dtype: 'F32', shape: [0.5], data_offsets: [0, 2] }],
    ['places that are no numbers', { dtype: 'F32', shape: [4], data_offsets: ['0', '16'] }],
    ['a kind that every object has by its nature', { dtype: 'constructor', shape: [4], data_offsets: [0, 16] }],
    ['no shape', { dtype: 'F32', data_offsets: [0, 16] }],
    ['nothing', null],
  ])('is refused with %s', (_, tensor) => {
    expect(() => decodeSafetensors(withHeader({ a: tensor }), 'FILE')).toThrow(/^FILE is damaged/);
  });

  it('is refused where it is none', () => {
    for (const header of [null, [], 'x', 5])
      expect(() => decodeSafetensors(withHeader(header), 'FILE')).toThrow(/^FILE is damaged/);
  });
});

describe('predictions that are no finite numbers', () => {
  it.each([NaN, Infinity, -Infinity])(
    'are refused by whoever shows them, and not taken for the first class: %d',
    bad => {
      const predictions = { rows, labels, probabilities: Float32Array.of(0.25, 0.75, bad, 0.5) };
      for (const show of [() => validationView(predictions, 2), () => rowPredictions(predictions, [4, 9])])
        expect(show).toThrow(
          "The predictions in this run's folder are not finite numbers, as when a training diverges; use another run, or train again with a lower learning rate.",
        );
    },
  );
});
