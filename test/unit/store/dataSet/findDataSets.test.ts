import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findDataSets } from '../../../../src/store/dataSet/findDataSets';
import { groupDataSets } from '../../../../src/store/dataSet/groupDataSets';
import { kaggleCsv } from '../../support/pixelCsv';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const train = kaggleCsv(2, ['1,0,0,0,0']);
const test = 'pixel0,pixel1,pixel2,pixel3\n0,0,0,0\n';

const files: Readonly<Record<string, string>> = {
  'digits/train.csv': train,
  'digits/test.csv': test,
  'digits/sample_submission.csv': 'ImageId,Label\n1,0\n',
  'digits/.digits/runs/train.csv': train,
  'node_modules/package/train.csv': train,
  '.git/train.csv': train,
  'labelled/TEST.csv': train,
  'swapped/train.csv': test,
  'swapped/test.csv': test,
  'sides/train.csv': train,
  'sides/test.csv': test.replace(',pixel3', ''),
  'sizes/train.csv': train,
  'sizes/test.csv': `${Array.from({ length: 9 }, (_, at) => `pixel${at}`).join(',')}\n`,
  'pointer/train.csv': 'version https://git-lfs.github.com/spec/v1\n',
  'passengers/train.csv': 'PassengerId,Survived\n1,0\n',
  'passengers/mnist_train.csv': train,
  'other/data.csv': train,
};

beforeAll(async () => {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder.path, 'root', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await mkdir(path.join(folder.path, 'outside'));
  await writeFile(path.join(folder.path, 'outside', 'train.csv'), train);
  await mkdir(path.join(folder.path, 'root', 'linked'));
  await symlink(path.join(folder.path, 'outside', 'train.csv'), path.join(folder.path, 'root', 'linked', 'train.csv'));
  await symlink(path.join(folder.path, 'outside'), path.join(folder.path, 'root', 'link'));
});

async function find(names?: Parameters<typeof findDataSets>[1]) {
  const root = path.join(folder.path, 'root');
  const dataSets = await findDataSets(root, names);
  return Object.fromEntries(dataSets.map(dataSet => [path.relative(root, dataSet.folder), dataSet]));
}

describe('findDataSets', () => {
  it('finds folders with a training or a test file, and no others', async () => {
    expect(Object.keys(await find())).toEqual([
      'digits',
      'labelled',
      'linked',
      'passengers',
      'pointer',
      'sides',
      'sizes',
      'swapped',
    ]);
  });

  it('gives absolute paths of the training file, the test file and the sample submission', async () => {
    const { digits } = await find();
    const at = (name: string): string => path.join(folder.path, 'root', 'digits', name);
    expect(digits).toEqual({
      folder: at('.').replace(/[\\/]\.?$/, ''),
      trainFile: at('train.csv'),
      testFile: at('test.csv'),
      sampleSubmission: at('sample_submission.csv'),
      problems: [],
    });
  });

  it('takes a test file with labels, and a link to a file', async () => {
    const { labelled, linked } = await find();
    expect(labelled).toMatchObject({
      trainFile: undefined,
      testFile: expect.stringMatching(/TEST\.csv$/),
      problems: [],
    });
    expect(linked!.trainFile).toMatch(/train\.csv$/);
  });

  it('takes no training file without labels and says why', async () => {
    const { swapped } = await find();
    expect(swapped).toMatchObject({ trainFile: undefined, testFile: expect.stringMatching(/test\.csv$/) });
    expect(swapped!.problems).toMatchObject([
      {
        code: 'mismatch',
        message:
          'train.csv has no column "label", so there is nothing to learn from; choose a file with labels, or name this one test.csv.',
      },
    ]);
  });

  it('takes no test file of another size', async () => {
    const { sides, sizes } = await find();
    expect(sides).toMatchObject({
      trainFile: expect.any(String),
      testFile: undefined,
      problems: [{ code: 'bad-header' }],
    });
    expect(sizes).toMatchObject({ trainFile: expect.any(String), testFile: undefined });
    expect(sizes!.problems).toMatchObject([
      {
        code: 'mismatch',
        message:
          'test.csv has images of 3x3 pixels and train.csv of 2x2; put files that belong together in one folder.',
      },
    ]);
  });

  it('says why files with such names are none', async () => {
    const { pointer, passengers } = await find();
    expect(pointer).toMatchObject({
      trainFile: undefined,
      problems: [{ message: expect.stringContaining('Git LFS pointer') }],
    });
    expect(passengers).toMatchObject({
      trainFile: undefined,
      problems: [{ message: expect.stringContaining('no pixel columns') }],
    });
  });

  it('looks for other names, in their order, until one fits', async () => {
    const found = await find({ trainFiles: ['train.csv', 'MNIST_train.csv', 'data.csv'], testFiles: [] });
    expect(found.passengers!.trainFile).toMatch(/mnist_train\.csv$/);
    expect(found.other!.trainFile).toMatch(/data\.csv$/);
    expect(found.digits!.testFile).toBeUndefined();
  });

  it('says that a folder is not there', async () => {
    await expect(findDataSets(path.join(folder.path, 'none'))).rejects.toMatchObject({ code: 'read-failed' });
  });
});

describe('groupDataSets', () => {
  it('groups paths by folder and orders files by the names', () => {
    const paths = [
      '/b/Test.csv',
      '/b/train.csv',
      '/a/readme.md',
      '/a/TRAIN.csv',
      '/a/mine.csv',
      '/a/train.csv',
      '/c/sample_submission.csv',
      '/b/sampleSubmission.csv',
    ];
    expect(groupDataSets(paths, { trainFiles: ['mine.csv', 'train.csv'], testFiles: ['test.csv'] })).toEqual([
      {
        folder: '/a',
        trainFiles: ['/a/mine.csv', '/a/train.csv', '/a/TRAIN.csv'],
        testFiles: [],
        sampleSubmission: undefined,
      },
      {
        folder: '/b',
        trainFiles: ['/b/train.csv'],
        testFiles: ['/b/Test.csv'],
        sampleSubmission: '/b/sampleSubmission.csv',
      },
    ]);
  });
});
