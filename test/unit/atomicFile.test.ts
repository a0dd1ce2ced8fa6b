import fs from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeFileAtomic } from '../../src/core/atomicFile';
import { temporaryFolder } from './support/temporaryFolder';

const folder = temporaryFolder();
const failing = vi.hoisted(() => ({ sync: undefined as string | undefined, rename: undefined as string | undefined, beforeRename: undefined as (() => Promise<void>) | undefined }));

vi.mock('node:fs/promises', async load => {
  const real = await load<typeof fs>();
  const fail = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };
  return {
    ...real,
    default: real,
    open: async (...args: Parameters<typeof real.open>) => {
      const handle = await real.open(...args);
      const sync = handle.sync.bind(handle);
      handle.sync = async () => (failing.sync === undefined ? sync() : fail(failing.sync));
      return handle;
    },
    rename: async (from: string, to: string) => {
      await failing.beforeRename?.();
      return failing.rename === undefined ? real.rename(from, to) : fail(failing.rename);
    },
  };
});

afterEach(() => {
  failing.sync = failing.rename = failing.beforeRename = undefined;
});

describe('writeFileAtomic', () => {
  it('writes text and bytes, over what was there', async () => {
    const file = path.join(folder.path, 'new.json');
    await writeFileAtomic(file, 'first, and longer');
    await writeFileAtomic(file, Uint8Array.of(104, 105));
    expect(await fs.readFile(file, 'utf8')).toBe('hi');
  });

  it.each([
    ['sync', 'ENOSPC', 'disk-full'],
    ['sync', 'EIO', 'write-failed'],
    ['rename', 'EACCES', 'write-failed'],
  ] as const)('leaves the old file and nothing else when %s fails with %s', async (step, code, expected) => {
    const own = path.join(folder.path, `${step}-${code}`);
    await fs.mkdir(own);
    const file = path.join(own, 'run.json');
    await writeFileAtomic(file, 'old');
    failing[step] = code;
    await expect(writeFileAtomic(file, 'new')).rejects.toMatchObject({ code: expected, message: expect.stringContaining('run.json') });
    expect(await fs.readdir(own)).toEqual(['run.json']);
    expect(await fs.readFile(file, 'utf8')).toBe('old');
  });

  it('shows the old content until the new one is whole and on the disk', async () => {
    const file = await folder.write('run.json', 'old');
    let seen: string | undefined;
    let temporary: string | undefined;
    failing.beforeRename = async () => {
      seen = await fs.readFile(file, 'utf8');
      const [name] = (await fs.readdir(folder.path)).filter(other => other.endsWith('.tmp'));
      temporary = await fs.readFile(path.join(folder.path, name!), 'utf8');
    };
    await writeFileAtomic(file, 'new');
    expect({ seen, temporary }).toEqual({ seen: 'old', temporary: 'new' });
  });

  it('lets many writers at one file: one of them wins as a whole', async () => {
    const file = path.join(folder.path, 'contested');
    const contents = Array.from({ length: 20 }, (_, at) => String(at).repeat(50_000));
    await Promise.all(contents.map(content => writeFileAtomic(file, content)));
    expect(contents).toContain(await fs.readFile(file, 'utf8'));
  });

  it('says that the folder is gone', async () => {
    await expect(writeFileAtomic(path.join(folder.path, 'none', 'run.json'), '')).rejects.toMatchObject({
      code: 'write-failed',
      message: 'The folder of run.json is gone; create it again and try once more.',
    });
  });

  it.skipIf(process.platform === 'win32')('keeps the permissions of the file', async () => {
    const file = await folder.write('target', 'old');
    await fs.chmod(file, 0o600);
    await writeFileAtomic(file, 'new');
    expect((await fs.stat(file)).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32').each(['target', 'nowhere'])('writes through no link: what it leads to, "%s", stays as it was', async name => {
    const own = path.join(folder.path, `links to ${name}`);
    await fs.mkdir(own);
    await fs.writeFile(path.join(own, 'target'), 'old');
    const link = path.join(own, 'submission.csv');
    await fs.symlink(path.join(own, name), link);
    await expect(writeFileAtomic(link, 'new')).rejects.toMatchObject({ code: 'write-failed', message: 'submission.csv is a link, and Digits writes through none; name the place that it leads to, or delete the link.' });
    expect((await fs.readdir(own)).sort()).toEqual(['submission.csv', 'target']);
    expect((await fs.lstat(link)).isSymbolicLink()).toBe(true);
    expect(await fs.readFile(path.join(own, 'target'), 'utf8')).toBe('old');
  });
});
