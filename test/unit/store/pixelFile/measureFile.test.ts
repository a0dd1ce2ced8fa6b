import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureFile } from '../../../../src/store/pixelFile/measureFile';

let folder: string;
beforeAll(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-measure-'))));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(rows: number, newline: string): string {
  const file = path.join(folder, 'train.csv');
  const header = ['label', ...Array.from({ length: 64 }, (_, i) => `pixel${i}`)].join(',');
  const row = (i: number): string => [i % 10, ...Array.from({ length: 64 }, (_, j) => (i * j) % 256)].join(',');
  fs.writeFileSync(file, [header, ...Array.from({ length: rows }, (_, i) => row(i)), ''].join(newline));
  return file;
}

describe('measuring a file by its first rows', () => {
  it.each(['\n', '\r\n', '\r'])('counts the rows of a small file exactly, lines ending with %j', async newline => {
    expect(await measureFile(write(100, newline))).toEqual({ rows: 100, side: 8 });
  });

  it('estimates those of a large one', async () => {
    const { rows } = await measureFile(write(8000, '\n'));
    expect(Math.abs(rows - 8000)).toBeLessThan(400);
  });
});
