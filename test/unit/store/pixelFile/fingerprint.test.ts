import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../src/store/pixelFile/fingerprint';
import { readPixelFile } from '../../../../src/store/pixelFile/readPixelFile';
import { kaggleCsv } from '../../support/pixelCsv';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

describe('fingerprint', () => {
  it.each([0, 10, 65_536, 65_537, 100_000, 131_072, 400_000])(
    'is size and SHA-256 of the first and last 64 KiB, no byte twice, at %i bytes',
    async size => {
      const bytes = Buffer.from(Array.from({ length: size }, (_, at) => (at * 7919) % 251));
      const sampled = size <= 131_072 ? bytes : Buffer.concat([bytes.subarray(0, 65_536), bytes.subarray(-65_536)]);
      expect(await fingerprint(await folder.write('data', bytes))).toBe(
        `${size}-${createHash('sha256').update(sampled).digest('hex')}`,
      );
    },
  );

  it('changes with the first byte, the last one and the size', async () => {
    const bytes = Buffer.alloc(300_000, 48);
    const prints = new Set<string>();
    for (const at of [undefined, 0, 299_999]) {
      const copy = Buffer.from(bytes);
      if (at !== undefined) copy[at] = 49;
      prints.add(await fingerprint(await folder.write('data', copy)));
    }
    prints.add(await fingerprint(await folder.write('data', Buffer.alloc(300_001, 48))));
    expect(prints.size).toBe(4);
  });

  it('comes with the rows', async () => {
    const file = await folder.write('train.csv', kaggleCsv(2, ['1,0,0,0,0']));
    expect((await readPixelFile(file)).fingerprint).toBe(await fingerprint(file));
    await expect(fingerprint(`${file}.gone`)).rejects.toMatchObject({ code: 'read-failed' });
  });
});
