import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import fs from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFile, requireReplaceable, writeFileAtomic, writeFilesAtomic } from '../../../src/store/atomicFile';
import { temporaryFolder } from '../support/temporaryFolder';

const folder = temporaryFolder();
const failing = vi.hoisted(() => ({
  sync: undefined as string | undefined,
  rename: undefined as string | undefined,
  renames: 0,
  beforeRename: undefined as (() => Promise<void>) | undefined,
}));

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
      if (failing.renames > 0 && --failing.renames === 0) failing.rename = undefined;
      return failing.rename === undefined ? real.rename(from, to) : fail(failing.rename);
    },
  };
});

afterEach(() => {
  failing.sync = failing.rename = failing.beforeRename = undefined;
  failing.renames = 0;
  vi.unstubAllGlobals();
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
    await expect(writeFileAtomic(file, 'new')).rejects.toMatchObject({
      code: expected,
      message: expect.stringContaining('run.json'),
    });
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

  it('waits a moment where Windows keeps the old file for somebody else, and then says who may hold it', async () => {
    vi.stubGlobal('process', Object.create(process, { platform: { value: 'win32' } }));
    const file = await folder.write('held.csv', 'old');
    [failing.rename, failing.renames] = ['EPERM', 3];
    await writeFileAtomic(file, 'new');
    expect(await fs.readFile(file, 'utf8')).toBe('new');
    failing.rename = 'EPERM';
    await expect(writeFileAtomic(file, 'newer')).rejects.toMatchObject({
      code: 'write-failed',
      message:
        'held.csv is open in another program, such as Excel, or is read-only; close it there or change its permissions, and try again.',
    });
    expect(await fs.readFile(file, 'utf8')).toBe('new');
  });

  it.skipIf(process.platform === 'win32').each(['target', 'nowhere'])(
    'writes through no link: what it leads to, "%s", stays as it was',
    async name => {
      const own = path.join(folder.path, `links to ${name}`);
      await fs.mkdir(own);
      await fs.writeFile(path.join(own, 'target'), 'old');
      const link = path.join(own, 'submission.csv');
      await fs.symlink(path.join(own, name), link);
      await expect(writeFileAtomic(link, 'new')).rejects.toMatchObject({
        code: 'write-failed',
        message:
          'submission.csv is a link, and Digits writes through none; name the place that it leads to, or delete the link.',
      });
      expect((await fs.readdir(own)).sort()).toEqual(['submission.csv', 'target']);
      expect((await fs.lstat(link)).isSymbolicLink()).toBe(true);
      expect(await fs.readFile(path.join(own, 'target'), 'utf8')).toBe('old');
    },
  );

  it.skipIf(process.platform === 'win32').each(['pipe', 'socket'])(
    'replaces no node that is no file: a %s',
    async kind => {
      const node = path.join(folder.path, `${kind}.csv`);
      const server = kind === 'socket' ? createServer().listen(node) : undefined;
      if (server) await once(server, 'listening');
      else execFileSync('mkfifo', [node]);
      const says = {
        code: 'write-failed',
        message: `${kind}.csv is a device, a pipe or a socket, and Digits replaces files only; name a file.`,
      };
      await expect(requireReplaceable(node)).rejects.toMatchObject(says);
      await expect(writeFileAtomic(node, 'new')).rejects.toMatchObject(says);
      expect((await fs.lstat(node)).isFile()).toBe(false);
      server?.close();
    },
  );

  it.skipIf(process.getuid?.() !== 0)('replaces no device, not even for root', async () => {
    const device = path.join(folder.path, 'null');
    execFileSync('mknod', [device, 'c', '1', '3']);
    await expect(writeFileAtomic(device, 'new')).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('null is a device'),
    });
    expect((await fs.lstat(device)).isCharacterDevice()).toBe(true);
  });

  it('says that a folder is in the way', async () => {
    await fs.mkdir(path.join(folder.path, 'submission.csv'));
    await expect(writeFileAtomic(path.join(folder.path, 'submission.csv'), '')).rejects.toMatchObject({
      code: 'write-failed',
      message: 'submission.csv is a folder, not a file; rename it or choose another file.',
    });
  });
});

describe('writeFilesAtomic', () => {
  it("replaces no file where one of them can't be written", async () => {
    const own = path.join(folder.path, 'several');
    await fs.mkdir(own);
    const [first, second] = [path.join(own, 'first'), path.join(own, 'second')];
    await writeFilesAtomic([
      [first, 'old'],
      [second, 'old'],
    ]);
    await expect(
      writeFilesAtomic([
        [first, 'new'],
        [second, 'new'],
        [path.join(own, 'none', 'third'), 'new'],
      ]),
    ).rejects.toMatchObject({ message: expect.stringContaining('third') });
    expect(await Promise.all([first, second].map(file => fs.readFile(file, 'utf8')))).toEqual(['old', 'old']);
    expect((await fs.readdir(own)).sort()).toEqual(['first', 'second']);
  });
});

describe('createFile', () => {
  it('lets one of many make it', async () => {
    const file = path.join(folder.path, 'made');
    const made = await Promise.all(Array.from({ length: 20 }, () => createFile(file, '')));
    expect(made.filter(Boolean)).toHaveLength(1);
    await expect(createFile(path.join(folder.path, 'none', 'made'), '')).rejects.toMatchObject({
      code: 'write-failed',
    });
  });
});

describe('what a killed process left half-written', () => {
  it(
    'is removed by the next that writes to the folder, and what others write there still is not',
    { timeout: 60_000 },
    async () => {
      const own = path.join(folder.path, 'killed');
      const program = path.join(folder.path, 'writeMuch.cjs');
      await fs.mkdir(own);
      await build({
        entryPoints: [path.resolve(import.meta.dirname, '../../fixtures/writeMuch.ts')],
        bundle: true,
        platform: 'node',
        format: 'cjs',
        outfile: program,
        logLevel: 'silent',
      });
      const inTheMaking = async (): Promise<string[]> => (await fs.readdir(own)).filter(name => name.endsWith('.tmp'));
      const child = fork(program, [path.join(own, 'run.json')], { execArgv: [] });
      while ((await inTheMaking()).length === 0 && child.exitCode === null)
        await new Promise(resolve => setTimeout(resolve, 2));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const [left] = await inTheMaking();
      expect(left).toMatch(/^\.run\.json\./);
      // A process that is there: this one. And a file that only looks alike.
      const others = [left!.replace(`-${child.pid}-`, `-${process.pid}-`), '.run.json.tmp'];
      for (const name of others) await fs.writeFile(path.join(own, name), '');

      await writeFileAtomic(path.join(own, 'history.json'), '[]');
      expect((await fs.readdir(own)).sort()).toEqual([...others, 'history.json'].sort());
    },
  );
});
