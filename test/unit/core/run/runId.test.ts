import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRunId } from '../../../../src/core/run/runId';

describe('the id of a run', () => {
  it('never leads out of the folder of runs, on no system', () => {
    const characters = fc.constantFrom('/', '\\', '.', ':', '\0', 'a', ' ', '~', '%', '2', '-', 'é');
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 8 }), id => {
        if (!isRunId(id)) return;
        expect(path.posix.dirname(path.posix.join('/runs', id))).toBe('/runs');
        expect(path.win32.dirname(path.win32.join('C:\\runs', id))).toBe('C:\\runs');
      }),
    );
    for (const id of [
      '',
      '.',
      '..',
      '../x',
      '/etc',
      'a/b',
      'a\\b',
      'C:',
      'a\0',
      '.hidden',
      'x'.repeat(300),
      7,
      null,
      undefined,
      {},
    ])
      expect(isRunId(id)).toBe(false);
    for (const id of ['2026-11-22-161005-notebook-4f', 'my run (copy)', 'ré']) expect(isRunId(id)).toBe(true);
  });
});
