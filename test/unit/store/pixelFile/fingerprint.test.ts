import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fingerprint, fingerprintOf, hasFingerprint } from '../../../../src/store/pixelFile/fingerprint';
import { readPixelFile } from '../../../../src/store/pixelFile/readPixelFile';
import { kaggleCsv } from '../../support/pixelCsv';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('fingerprint', () => {
  it.each([0, 10, 65_536, 65_537, 131_072, 1_048_576, 1_048_577, 2_500_000])(
    'is the SHA-256 of all %i bytes, and what earlier versions recorded',
    async size => {
      const bytes = Buffer.from(Array.from({ length: size }, (_, at) => (at * 7919) % 251));
      const sampled = size <= 131_072 ? bytes : Buffer.concat([bytes.subarray(0, 65_536), bytes.subarray(-65_536)]);
      expect(await fingerprint(await folder.write('data', bytes))).toEqual({
        full: `sha256:${sha256(bytes)}`,
        sampled: `${size}-${sha256(sampled)}`,
      });
    },
  );

  it.each([0, 150_000, 299_999])('notices a byte that differs at %i, in a file of the same size', async at => {
    const bytes = Buffer.alloc(300_000, 48);
    const file = await folder.write('data', bytes);
    const { full } = await fingerprint(file);
    bytes[at] = 49;
    await folder.write('data', bytes);
    expect(await hasFingerprint(file, full)).toBe(false);
  });

  it('notices it in a file that has lain there for a while, and is remembered, too', async () => {
    const bytes = Buffer.alloc(300_000, 48);
    const file = await folder.write('data', bytes);
    const past = new Date(Date.now() - 60_000);
    fs.utimesSync(file, past, past);
    const { full } = await fingerprint(file);
    expect(await hasFingerprint(file, full)).toBe(true);
    bytes[150_000] = 49;
    fs.writeFileSync(file, bytes);
    // As a program does that keeps the time.
    fs.utimesSync(file, past, past);
    expect(await hasFingerprint(file, full)).toBe(false);
  });

  it('knows a file by what earlier versions recorded of it', async () => {
    const file = await folder.write('data', Buffer.alloc(300_000, 48));
    const { sampled } = await fingerprint(file);
    expect(await hasFingerprint(file, sampled)).toBe(true);
    expect(await hasFingerprint(file, 'other')).toBe(false);
  });

  it.each([undefined, 1, 2])('comes with the rows, of the whole file, when %s rows are read', async limit => {
    const file = await folder.write('train.csv', kaggleCsv(2, ['1,0,0,0,0', '2,1,0,0,0', '3,1,1,0,0']));
    for (const blockBytes of [1, 7, undefined])
      expect((await readPixelFile(file, { limit, blockBytes })).fingerprint).toEqual(await fingerprint(file));
  });

  it('of a file that is gone is refused', async () => {
    await expect(fingerprint(folder.path + '/gone')).rejects.toMatchObject({ code: 'read-failed' });
  });
});

describe('the fingerprint of a large file, which a thread finds', () => {
  const large = 1 << 24;

  it('is that of all of it', async () => {
    const bytes = Buffer.alloc(large + 5, 7);
    bytes[large + 4] = 1;
    expect((await fingerprint(await folder.write('large', bytes))).full).toBe(`sha256:${sha256(bytes)}`);
  });

  it('is given up once the reading is', async () => {
    const handle = await fs.promises.open(await folder.write('large', Buffer.alloc(large)));
    try {
      const stop = new AbortController();
      const finding = fingerprintOf(handle, stop.signal);
      await new Promise(resolve => setTimeout(resolve, 5));
      stop.abort(new Error('enough'));
      await expect(finding).rejects.toThrow('enough');
    } finally {
      await handle.close();
    }
  });
});
