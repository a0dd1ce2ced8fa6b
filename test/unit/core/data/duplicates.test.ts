import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findDuplicates,
  type DuplicateGroup,
  type DuplicateKind,
  type ImageSource,
} from '../../../../src/core/data/duplicates';
import { hashImages } from '../../../../src/core/data/imageHash';

const AREA = 4;

interface MadeImage {
  readonly pixels: readonly number[];
  readonly label: number;
}

// Few pixel values, so that images are often the same, and often nearly.
const image: fc.Arbitrary<MadeImage> = fc.record({
  pixels: fc.array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: AREA, maxLength: AREA }),
  label: fc.integer({ min: 0, max: 2 }),
});
const images = fc.array(image, { maxLength: 30 });

function source(role: ImageSource['role'], made: readonly MadeImage[], labelled: boolean): ImageSource {
  return {
    role,
    pixels: Uint8Array.from(made.flatMap(({ pixels }) => pixels)),
    labels: labelled ? Int32Array.from(made, ({ label }) => label) : undefined,
    // Rows between them could not be read.
    rowNumbers: Uint32Array.from(made, (_, at) => 2 * at + 1),
  };
}

/** The groups of equal images as nobody would look for them in a large file. */
function naive(sources: readonly ImageSource[]): readonly DuplicateGroup['rows'][] {
  const groups = new Map<string, DuplicateGroup['rows'][number][]>();
  for (const { role, pixels, labels, rowNumbers } of sources) {
    rowNumbers.forEach((row, at) => {
      const key = pixels.subarray(at * AREA, (at + 1) * AREA).join();
      groups.set(key, [...(groups.get(key) ?? []), { role, row, label: labels?.[at] }]);
    });
  }
  return [...groups.values()].filter(rows => rows.length > 1);
}

/** How many rows make a group one of a kind; 0 where it is none. */
function rowsOfKind(rows: DuplicateGroup['rows'], kind: DuplicateKind): number {
  const of = (role: string): number => rows.filter(row => row.role === role).length;
  switch (kind) {
    case 'labels':
      return new Set(rows.flatMap(({ label }) => label ?? [])).size > 1 ? rows.length : 0;
    case 'across':
      return of('train') > 0 && of('test') > 0 ? rows.length : 0;
    case 'train':
    case 'test':
      return of(kind) > 1 ? of(kind) : 0;
  }
}

const kinds = ['labels', 'across', 'train', 'test'] as const;
const firstKind = (rows: DuplicateGroup['rows']): number => kinds.findIndex(kind => rowsOfKind(rows, kind) > 0);
const sameHash = (pixels: Uint8Array, area: number) => ({
  first: new Uint32Array(pixels.length / area),
  second: new Uint32Array(pixels.length / area),
});
const oneHash = (pixels: Uint8Array, area: number) => ({
  ...hashImages(pixels, area),
  second: new Uint32Array(pixels.length / area),
});

describe('findDuplicates', () => {
  it.each([
    ['two hashes', hashImages],
    ['one hash', oneHash],
    ['hashes that are all the same', sameHash],
  ])('finds what comparing every image with every other finds, with %s', (_, hash) => {
    fc.assert(
      fc.property(images, images, fc.boolean(), (train, test, testLabelled) => {
        const sources = [source('train', train, true), source('test', test, testLabelled)];
        const expected = naive(sources).toSorted((a, b) => firstKind(a) - firstKind(b));
        const { groupCount, groups, counts, pixels } = findDuplicates(sources, AREA, { hash });
        expect(groups.map(({ rows }) => rows)).toEqual(expected);
        expect(groupCount).toBe(expected.length);
        for (const kind of kinds) {
          const rows = expected.map(group => rowsOfKind(group, kind)).filter(count => count > 0);
          expect(counts[kind]).toEqual({ groups: rows.length, rows: rows.reduce((sum, count) => sum + count, 0) });
        }
        for (const [at, { rows, rowCount, labels }] of groups.entries()) {
          expect(rowCount).toBe(rows.length);
          expect(labels).toEqual([...new Set(rows.flatMap(({ label }) => label ?? []))].sort((a, b) => a - b));
          const [{ role, row }] = rows as [DuplicateGroup['rows'][number]];
          const made = (role === 'train' ? train : test)[(row - 1) / 2]!;
          expect([...pixels.subarray(at * AREA, (at + 1) * AREA)]).toEqual(made.pixels);
        }
      }),
    );
  });

  it('keeps the first groups, those with different labels first, and counts all', () => {
    const pair = (value: number, a: number, b: number): MadeImage[] => [
      { pixels: [value, 0, 0, 0], label: a },
      { pixels: [value, 0, 0, 0], label: b },
    ];
    const train = [...pair(1, 5, 5), ...pair(2, 6, 6), ...pair(3, 7, 8)];
    const { groupCount, counts, groups, pixels } = findDuplicates([source('train', train, true)], AREA, {
      mostGroups: 2,
      mostBytes: AREA,
    });
    expect(groups.map(({ labels }) => labels)).toEqual([[7, 8], [5]]);
    expect(groupCount).toBe(3);
    expect(counts.train).toEqual({ groups: 3, rows: 6 });
    // Room for one image only: that of the first group.
    expect([...pixels]).toEqual([3, 0, 0, 0]);
  });

  it('keeps of many rows one of each label and file', () => {
    const blank = (label: number): MadeImage => ({ pixels: [0, 0, 0, 0], label });
    const train = [...Array.from({ length: 40 }, () => blank(1)), blank(9)];
    const { groups } = findDuplicates([source('train', train, true), source('test', [blank(0)], false)], AREA, {
      mostRows: 4,
    });
    expect(groups).toEqual([
      {
        rows: [
          { role: 'train', row: 1, label: 1 },
          { role: 'train', row: 3, label: 1 },
          { role: 'train', row: 81, label: 9 },
          { role: 'test', row: 1, label: undefined },
        ],
        rowCount: 42,
        labels: [1, 9],
      },
    ]);
  });

  it('finds nothing where there is nothing', () => {
    expect(findDuplicates([], AREA)).toMatchObject({ groupCount: 0, groups: [] });
    expect(findDuplicates([source('test', [], false)], AREA)).toMatchObject({ groupCount: 0, groups: [] });
  });
});

describe('hashImages', () => {
  it('tells images apart that differ in one pixel, or in the order of two', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        fc.nat(63),
        fc.nat(63),
        fc.integer({ min: 1, max: 255 }),
        (pixels, at, other, by) => {
          fc.pre(pixels[at] !== pixels[other]);
          const changed = pixels.with(at, pixels[at]! + by);
          const swapped = pixels.with(at, pixels[other]!).with(other, pixels[at]!);
          const { first, second } = hashImages(Uint8Array.from([...pixels, ...changed, ...swapped, ...pixels]), 64);
          const hashes = Array.from(first, (hash, i) => `${hash} ${second[i]!}`);
          expect(hashes[3]).toBe(hashes[0]);
          expect(new Set(first.slice(0, 3)).size).toBe(3);
          expect(new Set(second.slice(0, 3)).size).toBe(3);
        },
      ),
    );
  });
});
