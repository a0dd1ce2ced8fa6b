import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { refuseOwnFolder, requireOutFile } from '../../../../src/training/data/requireOutPlace';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const at = (name: string): string => path.join(folder.path, name);
const pixels = (label: string): string => `${label}pixel0,pixel1,pixel2,pixel3\n${label === '' ? '' : '1,'}0,1,2,3\n`;

beforeAll(async () => {
  await fs.mkdir(at('.digits/runs/run'), { recursive: true });
  await fs.mkdir(at('sub'));
  await fs.writeFile(at('.digits/runs/run/run.json'), '{}');
  await fs.writeFile(at('images.txt'), "broken, and the run's training file");
  await fs.writeFile(at('test.csv'), 'broken');
  await fs.writeFile(at('Sample_Submission.csv'), 'ImageId,Label\n1,0\n');
  await fs.writeFile(at('labelled.csv'), pixels('label,'));
  await fs.writeFile(at('more.csv'), pixels(''));
  await fs.writeFile(at('submission.csv'), 'ImageId,Label\n1,0\n');
  await fs.link(at('images.txt'), at('again.txt'));
});

const check = (name: string): Promise<void> =>
  requireOutFile(`${folder.path}/${name}`, folder.path, [at('images.txt')]);

describe('requireOutFile', () => {
  it.each([
    'images.txt',
    './images.txt',
    'sub/../images.txt',
    'again.txt',
    'test.csv',
    'Sample_Submission.csv',
    'labelled.csv',
    'more.csv',
  ])('lets a submission replace no file of the data: %s', async name => {
    await expect(check(name)).rejects.toMatchObject({
      code: 'bad-setting',
      message: `${path.basename(name)} is a file of the data, which a submission must not replace; name another file to write.`,
    });
  });

  it.skipIf(process.platform === 'win32')('nor through a link to its folder', async () => {
    await fs.symlink(folder.path, at('link'));
    await expect(check('link/images.txt')).rejects.toMatchObject({ code: 'bad-setting' });
    await expect(check('link/.digits/new.csv')).rejects.toMatchObject({ code: 'bad-setting' });
  });

  it.each(['.digits/runs/run/run.json', '.digits/new.csv', 'sub/../.digits/runs/run/none/new.csv'])(
    'lets nothing be written among the runs: %s',
    async name => {
      await expect(check(name)).rejects.toMatchObject({
        code: 'bad-setting',
        message: expect.stringMatching(
          / is in the folder \.digits, where Digits keeps its runs; name another place\.$/,
        ),
      });
    },
  );

  it.each(['submission.csv', 'new.csv', 'sub/new.csv'])(
    'lets a submission be written over an earlier one, and to a new file: %s',
    async name => {
      await expect(check(name)).resolves.toBeUndefined();
    },
  );

  it('refuses a folder', async () => {
    await expect(check('sub')).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('sub is a folder'),
    });
  });
});

describe('refuseOwnFolder', () => {
  it.skipIf(process.platform === 'win32')(
    'knows the folder of runs under another name, where .digits is a link',
    async () => {
      await fs.mkdir(at('linked/store'), { recursive: true });
      await fs.symlink('store', at('linked/.digits'));
      await expect(refuseOwnFolder(at('linked/store/page'), at('linked'))).rejects.toMatchObject({
        code: 'bad-setting',
      });
      await expect(refuseOwnFolder(at('linked/page'), at('linked'))).resolves.toBeUndefined();
    },
  );

  it('lets data that lie in a folder .digits have their results beside them', async () => {
    await fs.mkdir(at('.digits/data'), { recursive: true });
    await expect(refuseOwnFolder(at('.digits/data/page'), at('.digits/data'))).resolves.toBeUndefined();
    await expect(refuseOwnFolder(at('.digits/data/.digits/page'), at('.digits/data'))).rejects.toMatchObject({
      code: 'bad-setting',
    });
  });
});
