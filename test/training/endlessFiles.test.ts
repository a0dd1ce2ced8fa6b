import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CannotMake, specialFiles } from '../fixtures/corpus/specialFiles';
import { stressCount } from '../stressCount';
import { measured, unmeasurable } from './measured';

// Files of gigabytes in which a line does not end, given to each process that reads: all say what is wrong, and none takes memory for it.

const most = 200 * 2 ** 20;
/** Of each kind that is read another way; all of them under stress. */
const usual = ['sparse-after-rows', 'sparse-of-large-images', 'endless-header', 'endless-row'];
const files = specialFiles.filter(
  ({ name }) => /^(sparse|endless)-/.test(name) && (usual.includes(name) || stressCount(0, 1) === 1),
);
const dist = path.resolve(import.meta.dirname, '../../dist');
let place: string;
let threads: string;
beforeAll(async () => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-endless-'));
  threads = path.join(place, 'useThread.cjs');
  await build({
    entryPoints: [path.resolve(import.meta.dirname, '../fixtures/useThread.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: threads,
    logLevel: 'silent',
  });
});
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

const readers: Readonly<Record<string, (folder: string, file: string) => readonly string[]>> = {
  inspect: folder => [path.join(dist, 'cli.js'), 'inspect', folder],
  training: folder => [path.join(dist, 'cli.js'), 'train', folder, '--preset', 'quick', '--engine', 'portable'],
  preview: (_, file) => [threads, 'preview', path.join(dist, 'pixelFileWorker.js'), file],
  'data page': (_, file) => [threads, 'data', path.join(dist, 'dataFactsWorker.js'), file, file],
};

describe.skipIf(unmeasurable !== undefined)('a file of gigabytes that is no pixel CSV', () => {
  for (const { name, right, make } of files) {
    it(`${name}: one sentence and less than 200 MB, in every process that reads`, async context => {
      const folder = path.join(place, name);
      fs.mkdirSync(folder);
      const file = await make(folder).catch((error: unknown) => {
        if (error instanceof CannotMake) return context.skip(error.message);
        throw error;
      });
      const { says } = right as { readonly says: RegExp };
      // Wherever it stands in what is printed.
      const sentence = new RegExp(says.source.replace(/^\^/, '(?<=^|")').replace(/\$$/, '(?="|$)'), 'm');
      await Promise.all(
        Object.entries(readers).map(async ([reader, args]) => {
          const {
            output,
            errors,
            peaks: [own, training],
          } = await measured(args(folder, file));
          expect(output + errors, reader).toMatch(sentence);
          // Beside the command line its training process; what computes reads nothing.
          expect(own, reader).toBeLessThan(most);
          expect(training ?? 0, reader).toBeLessThan(most);
        }),
      );
    });
  }
});
