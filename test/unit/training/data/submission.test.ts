import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatSubmission,
  parseSampleSubmission,
  readSampleSubmission,
} from '../../../../src/training/data/submission';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const rows = (count: number, ids?: readonly string[]) => ({
  rowNumbers: Uint32Array.from({ length: count }, (_, at) => at + 1),
  ids,
});
const contentOf = (...args: Parameters<typeof formatSubmission>): string => [...formatSubmission(...args)].join('');
const sampleOf = (text: string): Promise<string> => folder.write('sample_submission.csv', text);

describe('submission', () => {
  it('is ImageId,Label from 1, each line ended by a line feed', async () => {
    expect(contentOf([2, 0, 9], await readSampleSubmission(undefined, rows(3)))).toBe('ImageId,Label\n1,2\n2,0\n3,9\n');
  });

  it('comes back as it was written, whatever ids and header are', () => {
    // A lone carriage return or outer spaces in an id would be no id of a CSV.
    const text = fc
      .string({ minLength: 1 })
      .filter(value => value === value.trim() && value !== '' && !/[\r\n]/.test(value) && !value.startsWith('\ufeff'));
    const header = fc.tuple(
      text.filter(name => !/[,;\t"]/.test(name)),
      text.filter(name => !/[,;\t"]/.test(name)),
    );
    fc.assert(
      fc.property(header, fc.array(fc.tuple(text, fc.integer())), (names, lines) => {
        const layout = { header: names, ids: lines.map(([id]) => id), idColumn: 0 as const };
        const content = contentOf(
          lines.map(([, label]) => label),
          layout,
        );
        expect(content.endsWith('\n')).toBe(true);
        expect(parseSampleSubmission(Buffer.from(content), 'submission.csv')).toEqual({
          file: 'submission.csv',
          header: names,
          columns: [lines.map(([id]) => id), lines.map(([, label]) => String(label))],
        });
      }),
    );
  });

  it('is made of parts of some thousand lines, which hold every row once and in order', () => {
    const count = 10_000;
    const parts = [
      ...formatSubmission(
        Uint8Array.from({ length: count }, (_, at) => at % 10),
        { header: ['a', 'b'], ids: Array.from({ length: count }, (_, at) => `i${at}`), idColumn: 0 },
      ),
    ];
    expect(parts.join('')).toBe(`a,b\n${Array.from({ length: count }, (_, at) => `i${at},${at % 10}\n`).join('')}`);
    expect(Math.max(...parts.map(part => part.length))).toBeLessThan(100_000);
  });

  it('has the header and the ids of the sample', async () => {
    const layout = await readSampleSubmission(await sampleOf('\ufeffid,"label"\r\n7,0\r\n8,0\r\n\r\n'), rows(2));
    expect(contentOf([4, 5], layout)).toBe('id,label\n7,4\n8,5\n');
  });

  it('has the ids of the test file where there is no sample', async () => {
    expect(contentOf([4, 5], await readSampleSubmission(undefined, rows(2, ['b', 'a'])))).toBe(
      'ImageId,Label\nb,4\na,5\n',
    );
  });

  it('leaves each row its own id where the sample has the same ids in another order', async () => {
    const layout = await readSampleSubmission(await sampleOf('id,label\na,0\nb,0\n'), rows(2, ['b', 'a']));
    expect(contentOf([4, 5], layout)).toBe('id,label\nb,4\na,5\n');
    const other = await readSampleSubmission(await sampleOf('id,label\n1,0\n2,0\n'), rows(2, ['0', '1']));
    expect(contentOf([4, 5], other)).toBe('id,label\n1,4\n2,5\n');
  });

  it('is not written for a sample of another test file', async () => {
    await expect(readSampleSubmission(await sampleOf('ImageId,Label\n1,0\n2,0\n'), rows(3))).rejects.toMatchObject({
      code: 'mismatch',
      message:
        'sample_submission.csv has 2 ids and the test file has 3 rows; put the sample of this test file in its place, or remove it.',
    });
    expect(() => formatSubmission([1], { header: ['a', 'b'], ids: ['1', '2'], idColumn: 0 })).toThrow(
      expect.objectContaining({ code: 'mismatch' }),
    );
  });

  it('says what is wrong with a sample', async () => {
    await expect(readSampleSubmission(await sampleOf('id,a,b\n1,0,0\n'), rows(1))).rejects.toMatchObject({
      code: 'bad-header',
      message: expect.stringContaining('has 3 columns'),
    });
    await expect(readSampleSubmission(await sampleOf('\n'), rows(1))).rejects.toMatchObject({ code: 'empty-file' });
    await expect(
      readSampleSubmission(await sampleOf('version https://git-lfs.github.com/spec/v1\n'), rows(1)),
    ).rejects.toMatchObject({ message: expect.stringContaining('Git LFS') });
    await expect(readSampleSubmission(`${folder.path}/none.csv`, rows(1))).rejects.toMatchObject({
      code: 'read-failed',
    });
  });
});
