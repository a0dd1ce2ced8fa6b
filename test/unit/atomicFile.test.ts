import { readdirSync, statSync } from 'node:fs';
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

  it('writes a text part by part, as the parts come', async () => {
    const file = path.join(folder.path, 'parts.csv');
    let onDisk = -1;
    const parts = function* (): Iterable<string> {
      yield 'ä,1\n'.repeat(10_000);
      const [temporary] = readdirSync(folder.path).filter(name => name.startsWith('.parts.csv.'));
      onDisk = statSync(path.join(folder.path, temporary!)).size;
      yield 'b,2\n';
    };
    await writeFileAtomic(file, parts());
    expect(onDisk).toBe(50_000);
    expect(await fs.readFile(file, 'utf8')).toBe(`${'ä,1\n'.repeat(10_000)}b,2\n`);
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

  it.skipIf(process.platform === 'win32')('keeps a link and the permissions of the file', async () => {
    const file = await folder.write('target', 'old');
    await fs.chmod(file, 0o600);
    const link = path.join(folder.path, 'link');
    await fs.symlink(file, link);
    await writeFileAtomic(link, 'new');
    expect((await fs.lstat(link)).isSymbolicLink()).toBe(true);
    expect(await fs.readFile(file, 'utf8')).toBe('new');
    expect((await fs.stat(file)).mode & 0o777).toBe(0o600);
  });
});
