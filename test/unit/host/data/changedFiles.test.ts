import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedFiles } from '../../../../src/host/data/changedFiles';
import { stampOf } from '../../../../src/host/pixelFiles/fileStamp';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

/** Two files as they were read. */
async function read() {
  const paths = ['train.csv', 'test.csv'].map(name => path.join(folder.path, name));
  for (const file of paths) fs.writeFileSync(file, 'label,pixel0\n1,0\n');
  const files = await Promise.all(paths.map(async file => ({ path: file, stamp: await stampOf(file) })));
  return { paths, files, train: paths[0]!, test: paths[1]! };
}

describe('changedFiles', () => {
  it('names files that were written again', async () => {
    const { paths, files, train } = await read();
    expect(await changedFiles(files, paths)).toEqual([]);
    fs.appendFileSync(train, '2,0\n');
    expect(await changedFiles(files, paths)).toEqual([{ name: 'train.csv', change: 'changed' }]);
  });

  it('tells files that are gone from those that changed, until they are back', async () => {
    const { paths, files, train, test } = await read();
    const elsewhere = `${test}.elsewhere`;
    fs.renameSync(test, elsewhere);
    expect(await changedFiles(files, [train])).toEqual([{ name: 'test.csv', change: 'gone' }]);
    fs.renameSync(elsewhere, test);
    expect(await changedFiles(files, paths)).toEqual([]);
    fs.rmSync(test);
    fs.rmSync(train);
    expect((await changedFiles(files, [])).map(({ change }) => change)).toEqual(['gone', 'gone']);
    fs.writeFileSync(test, 'label,pixel0\n');
    expect(await changedFiles([files[1]!], [test])).toEqual([{ name: 'test.csv', change: 'changed' }]);
  });

  it('names files that are new', async () => {
    const { paths, files } = await read();
    expect(await changedFiles([files[0]!], paths)).toEqual([{ name: 'test.csv', change: 'new' }]);
  });

  it('names files that are there and no longer of the data set', async () => {
    const { files, train } = await read();
    expect(await changedFiles(files, [train])).toEqual([{ name: 'test.csv', change: 'changed' }]);
  });
});
