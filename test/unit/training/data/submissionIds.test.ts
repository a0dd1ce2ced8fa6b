import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSubmission, readSampleSubmission } from '../../../../src/training/data/submission';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

interface Test {
  readonly ids?: readonly string[];
  readonly count?: number;
  readonly idsAreIndex?: boolean;
}

/** The submission for labels 0, 1, 2 ... of the test rows, and what is said of it. */
async function submissionOf({ ids, count = ids?.length ?? 0, idsAreIndex }: Test, sample?: string) {
  const file = sample === undefined ? undefined : await folder.write('sample_submission.csv', sample);
  const layout = await readSampleSubmission(file, {
    rowNumbers: Uint32Array.from({ length: count }, (_, at) => at + 1),
    ids,
    idsAreIndex,
  });
  const labels = Array.from({ length: count }, (_, at) => at);
  return { lines: [...formatSubmission(labels, layout)].join('').trimEnd().split('\n'), notes: layout.notes };
}

const refused = (message: RegExp) => ({ code: 'mismatch', message: expect.stringMatching(message) as unknown });

describe('the ids of a submission', () => {
  it.each([
    ['zero-padded and shuffled', ['003', '001', '002'], 'ImageId,Label\n1,0\n2,0\n3,0\n', ['3,0', '1,1', '2,2']],
    ['padded in the sample', ['3', '1', '2'], 'ImageId,Label\n001,0\n002,0\n003,0\n', ['003,0', '001,1', '002,2']],
    ['written as decimals', ['3.0', '1.0', '2.0'], 'ImageId,Label\n1,0\n2,0\n3,0\n', ['3,0', '1,1', '2,2']],
    ['quoted', ['b,1', 'a'], 'id,label\n"a",0\n"b,1",0\n', ['"b,1",0', 'a,1']],
    ['text with zeros that are part of it', ['01', '1'], 'id,label\n1,0\n01,0\n', ['01,0', '1,1']],
  ] as const)('are matched by value where they are %s', async (_, ids, sample, lines) => {
    expect((await submissionOf({ ids }, sample)).lines.slice(1)).toEqual(lines);
  });

  it('are matched by value whatever their order and padding', async () => {
    const shuffled = fc.uniqueArray(fc.nat(9999), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(shuffled, fc.nat(6), fc.infiniteStream(fc.nat()), async (numbers, padding, order) => {
        const keys = new Map(numbers.map(number => [number, order.next().value as number]));
        const inSample = [...numbers].sort((a, b) => keys.get(a)! - keys.get(b)!);
        const ids = numbers.map(number => String(number).padStart(padding, '0'));
        const { lines } = await submissionOf({ ids }, `ImageId,Label\n${inSample.map(id => `${id},0\n`).join('')}`);
        // A list that counts from 0 in order is matched by value as well where the sample has the same numbers.
        expect(lines.slice(1)).toEqual(numbers.map((number, at) => `${number},${at}`));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['by value', ['2', '1'], 'Label,ImageId\n0,1\n0,2\n', ['Label,ImageId', '0,2', '1,1']],
    ['by the name of the other', undefined, 'label,key\n0,a\n0,b\n', ['label,key', '0,a', '1,b']],
    ['by being distinct', undefined, 'x,z\n0,a\n0,b\n', ['x,z', '0,a', '1,b']],
  ] as const)('are found in the second column of a sample %s', async (_, ids, sample, lines) => {
    expect((await submissionOf({ ...(ids && { ids }), count: 2 }, sample)).lines).toEqual(lines);
  });

  it.each([
    ['from 1', undefined, 'ImageId,Label\n3,0\n1,0\n2,0\n', ['1,0', '2,1', '3,2']],
    ['from 1, padded', undefined, 'ImageId,Label\n003,0\n001,0\n002,0\n', ['001,0', '002,1', '003,2']],
    ['from 0', undefined, 'id,label\n2,0\n0,0\n1,0\n', ['0,0', '1,1', '2,2']],
    ['from 0, in the second column', undefined, 'label,id\n0,2\n0,0\n0,1\n', ['0,0', '1,1', '2,2']],
    ['from 1, beside a row index', ['0', '1', '2'], 'ImageId,Label\n3,0\n1,0\n2,0\n', ['1,0', '2,1', '3,2']],
  ] as const)(
    'are row numbers of the test file where a shuffled sample counts them %s',
    async (_, ids, sample, lines) => {
      expect((await submissionOf({ ...(ids && { ids }), count: 3 }, sample)).lines.slice(1)).toEqual(lines);
    },
  );

  it('are in the column that the header names, though the other holds the same values', async () => {
    const index = { ids: ['0'], idsAreIndex: true };
    expect((await submissionOf(index, 'ImageId,Label\n1,0\n')).lines).toEqual(['ImageId,Label', '1,0']);
    expect((await submissionOf({ ids: ['0', '1'] }, 'Label,ImageId\n1,0\n0,1\n')).lines).toEqual([
      'Label,ImageId',
      '0,0',
      '1,1',
    ]);
  });

  it('are refused with the first that the sample does not have', async () => {
    const sample = 'ImageId,Label\n1,0\n2,0\n3,0\n';
    await expect(submissionOf({ ids: ['003', '009', '001'] }, sample)).rejects.toMatchObject(
      refused(/^Row 2 of the test file has the id "009", which sample_submission\.csv does not have;/),
    );
    await expect(submissionOf({ ids: ['1', '2', 'x'] }, sample)).rejects.toMatchObject(refused(/^Row 3 .* "x"/));
  });

  it('are refused where two spellings of a number could be either of two ids', async () => {
    await expect(submissionOf({ ids: ['001', '2'] }, 'id,label\n1,0\n01,0\n')).rejects.toMatchObject(refused(/"001"/));
    await expect(submissionOf({ ids: ['1', '01'] }, 'id,label\n1,0\n2,0\n')).rejects.toMatchObject(
      refused(/"1" twice, in rows 1 and 2/),
    );
  });

  it.each([
    ['the test file', ['a', 'b', 'a'], undefined, /^The test file has the id "a" twice, in rows 1 and 3;/],
    [
      'the sample',
      undefined,
      'id,label\n7,0\n7,0\n8,0\n',
      /^sample_submission\.csv has the id "7" twice, in rows 1 and 2;/,
    ],
    ['both', ['a', 'b', 'a'], 'id,label\na,0\nb,0\na,0\n', /twice, in rows 1 and 3/],
  ] as const)('are refused where %s has one twice', async (_, ids, sample, message) => {
    await expect(submissionOf({ ...(ids && { ids }), count: 3 }, sample)).rejects.toMatchObject(refused(message));
  });

  it('are row numbers from 1 where the file has only the row index of a table, and a note says so', async () => {
    const { lines, notes } = await submissionOf({ ids: ['0', '1', '2'], idsAreIndex: true });
    expect(lines).toEqual(['ImageId,Label', '1,0', '2,1', '3,2']);
    expect(notes).toEqual([expect.stringContaining('counts its rows from 0')]);
  });

  it('are those of the sample in order where the test file only counts its rows from 0, and a note says so', async () => {
    const { lines, notes } = await submissionOf({ ids: ['0', '1'] }, 'ImageId,Label\n1,0\n2,0\n');
    expect(lines.slice(1)).toEqual(['1,0', '2,1']);
    expect(notes).toEqual([expect.stringContaining('only count its rows from 0')]);
  });

  it('are kept where a column of ids begins with 0 and there is no sample, or one with the same ids', async () => {
    expect((await submissionOf({ ids: ['0', '1'] })).lines.slice(1)).toEqual(['0,0', '1,1']);
    const { lines, notes } = await submissionOf({ ids: ['0', '1'], idsAreIndex: true }, 'id,label\n1,0\n0,0\n');
    expect([lines.slice(1), notes]).toEqual([['0,0', '1,1'], []]);
  });
});

describe('a sample that is no file of its size', () => {
  it.runIf(process.platform !== 'win32')('is refused at once where it is a pipe or an endless device', async () => {
    const pipe = path.join(folder.path, 'pipe.csv');
    execFileSync('mkfifo', [pipe]);
    const link = path.join(folder.path, 'zero.csv');
    fs.symlinkSync('/dev/zero', link);
    for (const file of [pipe, link]) {
      const rows = { rowNumbers: Uint32Array.of(1), ids: undefined };
      await expect(readSampleSubmission(file, rows)).rejects.toMatchObject({
        code: 'read-failed',
        message: expect.stringContaining('is a pipe or a device') as unknown,
      });
    }
  });

  it('is refused unread where it is too large for its rows', async () => {
    const file = path.join(folder.path, 'large.csv');
    fs.writeFileSync(file, 'ImageId,Label\n');
    fs.truncateSync(file, 2 ** 33);
    await expect(readSampleSubmission(file, { rowNumbers: Uint32Array.of(1), ids: undefined })).rejects.toMatchObject({
      message: expect.stringContaining('is too large for the sample of 1 row') as unknown,
    });
  });
});
