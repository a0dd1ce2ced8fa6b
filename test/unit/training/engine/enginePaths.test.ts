import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cacheDir } from '../../../../scripts/lib/cache.mjs';
import { engineDir } from '../../../../scripts/lib/engine.mjs';
import { cacheFolder, nativeEngineFolders } from '../../../../src/training/engine/enginePaths';

afterEach(() => vi.unstubAllEnvs());

describe("the engine's folders", () => {
  it.each([
    {},
    { DIGITS_CACHE: '/somewhere/else' },
    { DIGITS_CACHE: 'relative' },
    { DIGITS_CACHE: '', XDG_CACHE_HOME: '/caches' },
    { XDG_CACHE_HOME: '' },
  ])('are looked for where the set-up puts them, with the environment %j', environment => {
    for (const name of ['DIGITS_CACHE', 'DIGITS_ENGINE_DIR', 'XDG_CACHE_HOME']) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(cacheFolder(process.env)).toBe(cacheDir());
    expect(nativeEngineFolders(process.env, '/extension')).toContain(engineDir());
    expect(path.isAbsolute(cacheDir())).toBe(true);
  });

  it('are the one that the environment names, where it names one', () => {
    expect(nativeEngineFolders({ DIGITS_ENGINE_DIR: '/mine' }, '/extension')).toEqual(['/mine']);
  });
});
