import { fork } from 'node:child_process';
import { chmod, mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it, type TestContext } from 'vitest';
import { withPixelFile } from '../../../../src/store/pixelFile/openPixelFile';
import { readLabels } from '../../../../src/host/pixelFiles/readLabels';
import { readAllRows, readPixelFile } from '../../../../src/store/pixelFile/readPixelFile';
import { readRows } from '../../../../src/host/pixelFiles/readRows';
import { buildRowIndex } from '../../../../src/store/pixelFile/rowIndex';
import { readDataFacts } from '../../../../src/store/dataSet/readDataFacts';
import { changingContent, changingFiles } from '../../../fixtures/corpus/changingFiles';
import { header, images, whole } from '../../../fixtures/corpus/oddFile';
import { CannotMake, specialFiles } from '../../../fixtures/corpus/specialFiles';
import { expectRight, expectSame } from '../../support/expectRight';
import {
  countByIndex,
  openBytes,
  outcome,
  outcomeOf,
  readByIndex,
  readHeaderOf,
  readWhole,
  type Outcome,
} from '../../support/readAllWays';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

async function place(name: string): Promise<string> {
  const made = path.join(folder.path, name);
  await mkdir(made);
  return made;
}

/** Skips where a file can't be made, and says why. */
async function made(work: Promise<string>, context: TestContext): Promise<string> {
  return work.catch((error: unknown) => {
    if (error instanceof CannotMake) return context.skip(error.message);
    throw error;
  });
}

describe('files of a special kind', () => {
  for (const { name, make, right } of specialFiles) {
    it(`${name}: the right images or one error, by every reader`, async context => {
      const file = await made(make(await place(name)), context);
      const read = await readWhole(file);
      expectRight(read, right);
      const head = await readHeaderOf(file);
      if ('code' in head) expectSame(head, read);
      if ('code' in read) expectSame(await countByIndex(file), read);
      for (const whileBuilding of [false, true]) expectSame(await readByIndex(file, whileBuilding), read);
    });
  }

  it('are not read beyond the first megabytes where a line does not end', async () => {
    const start = Buffer.from(`${header}\n`);
    let read = 0;
    const endless = {
      ...openBytes(start),
      size: 10_000_000_000,
      handle: {
        read: async (buffer: Buffer, offset: number, length: number, position: number) => {
          read = Math.max(read, position + length);
          buffer.fill(0, offset, offset + length);
          return { bytesRead: length, buffer };
        },
      },
    };
    await expect(readAllRows(endless as unknown as Parameters<typeof readAllRows>[0])).rejects.toMatchObject({
      code: 'bad-row',
    });
    expect(read).toBeLessThan(8_000_000);
  });

  it('take memory for images that are there, whatever the size of the file promises', async () => {
    const bytes = Buffer.from(`${header}\n${whole.split('\n')[1]!}\n`);
    const promising = { ...openBytes(bytes), size: 1e15 };
    const rows = await readAllRows(promising);
    expect(rows.rowCount).toBe(1);
    expect(rows.pixels.buffer.byteLength).toBeLessThan(2 ** 31 + 2 ** 10);
  });
});

describe('a file without read permission', () => {
  it('is named by every reader, to a user who is not root', { timeout: 60_000 }, async context => {
    if (process.platform === 'win32') return context.skip('Windows has no such permissions');
    const program = path.join(await place('unprivileged'), 'read.cjs');
    await build({
      entryPoints: [path.resolve(import.meta.dirname, '../../../fixtures/readUnprivileged.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: program,
      logLevel: 'silent',
    });
    const read = (file: string): Promise<Outcome[]> =>
      new Promise((resolve, reject) => {
        const child = fork(program, [file], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
        let output = '';
        for (const stream of [child.stdout, child.stderr])
          stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
        child.once('error', reject);
        child.once('close', code =>
          code === 0 ? resolve(JSON.parse(output) as Outcome[]) : reject(new Error(output)),
        );
      });

    await chmod(folder.path, 0o755);
    const data = await place('data');
    const file = path.join(data, 'train.csv');
    await writeFile(file, whole);
    await chmod(file, 0o644);
    // So that what follows is the permission's doing.
    expectRight((await read(file))[0]!, { images, problems: new Map() });

    const refused = {
      code: 'read-failed',
      message: 'Digits may not read train.csv; change its permissions and try again.',
    };
    await chmod(file, 0);
    expect(await read(file)).toEqual([refused, refused, refused]);
    await chmod(file, 0o644);
    await chmod(data, 0);
    expect(await read(file)).toEqual([refused, refused, refused]);
    await chmod(data, 0o755);
  });
});

describe('a file that changes while it is read', () => {
  const blockBytes = 1000;

  for (const { name, change, right } of changingFiles) {
    it(`${name}: the images that it had or one error, by every reader`, async context => {
      if (process.platform === 'win32' && !('says' in right))
        context.skip('Windows lets nobody take the name of an open file');
      const before = async (reader: string): Promise<string> => {
        const file = path.join(await place(`${name}-${reader}`), 'train.csv');
        await writeFile(file, changingContent);
        // Long ago: systems note the time of writing to some milliseconds.
        await utimes(file, 1_000_000_000, 1_000_000_000);
        return file;
      };
      const once = (file: string): (() => void) => {
        let done = false;
        return () => {
          if (!done) change(file);
          done = true;
        };
      };

      const first = await before('whole');
      const onProgress = once(first);
      expectRight(
        await outcome(async () => {
          const read = await readPixelFile(first, { blockBytes, onProgress });
          return outcomeOf(read.format, read, read.rowCount);
        }),
        right,
      );

      const second = await before('index');
      const onBlock = once(second);
      expectRight(
        await outcome(() =>
          withPixelFile(second, async opened => {
            const index = await buildRowIndex(opened, { blockBytes, onProgress: onBlock });
            return outcomeOf(opened.format, await readRows(opened, index, 1, index.rows), index.rows);
          }),
        ),
        right,
      );

      const third = await before('rows');
      expectRight(
        await outcome(() =>
          withPixelFile(third, async opened => {
            const index = await buildRowIndex(opened);
            change(third);
            return outcomeOf(opened.format, await readRows(opened, index, 1, index.rows), index.rows);
          }),
        ),
        right,
      );

      // What a filter and the data page count; they keep no images.
      const fourth = await before('labels');
      const onLabels = once(fourth);
      const filtered = await outcome(() =>
        withPixelFile(fourth, async opened => {
          const { labels, classes } = await readLabels(opened, 400, { blockBytes, onProgress: onLabels });
          return {
            images: Array.from(classes, (at, row) => ({ row: row + 1, label: labels[at], id: undefined, pixels: [] })),
            problems: [],
            rows: classes.length,
          };
        }),
      );
      if ('says' in right) expectRight(filtered, right);
      else expect(filtered).toMatchObject({ images: right.images.map(({ row, label }) => ({ row, label })) });

      const fifth = await before('facts');
      const onFacts = once(fifth);
      const {
        files: [facts],
      } = await readDataFacts([{ role: 'train', path: fifth }], {
        onProgress: ({ phase, share }) => phase === 'reading' && share > 0 && onFacts(),
      });
      if ('says' in right) expectRight(facts as Outcome, right);
      else
        expect(facts).toMatchObject({
          rows: 400,
          problemCount: 0,
          classes: [0, 1, 5, 9, 12],
          classCounts: [80, 80, 80, 80, 80],
        });
    });
  }
});
