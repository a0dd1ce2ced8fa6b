import { describe, expect, it } from 'vitest';
import { type DigitsError } from '../../../src/core/errors';
import { fileError } from '../../../src/store/fileError';

const failed = (code: string): Error => Object.assign(new Error(`${code}: as the system says it`), { code });
const written = (code: string, platform?: NodeJS.Platform): DigitsError =>
  fileError('write', 'submission.csv', failed(code), platform);

describe('an error of the file system', () => {
  it.each([
    ['ENOSPC', 'linux', 'The disk is full, so submission.csv could not be written; free some space and try again.'],
    ['EDQUOT', 'linux', 'The disk is full, so submission.csv could not be written; free some space and try again.'],
    [
      'EFBIG',
      'linux',
      'submission.csv would be larger than a file may be here; raise the limit, or choose another disk, and try again.',
    ],
    ['ENOENT', 'linux', 'The folder of submission.csv is gone; create it again and try once more.'],
    ['EACCES', 'linux', 'Digits may not write submission.csv; change its permissions and try again.'],
    ['EPERM', 'darwin', 'Digits may not write submission.csv; change its permissions and try again.'],
    // As Windows says it of a file that is open in Excel.
    [
      'EPERM',
      'win32',
      'submission.csv is open in another program, such as Excel, or is read-only; close it there or change its permissions, and try again.',
    ],
    [
      'EACCES',
      'win32',
      'submission.csv is open in another program, such as Excel, or is read-only; close it there or change its permissions, and try again.',
    ],
    ['EBUSY', 'win32', 'submission.csv is open in another program; close it there and try again.'],
    ['EROFS', 'linux', 'submission.csv is on a read-only file system; copy the folder to a place that can be written.'],
    ['EISDIR', 'linux', 'submission.csv is a folder, not a file; rename it or choose another file.'],
    [
      'ENOTDIR',
      'linux',
      'submission.csv could not be written, for what should be its folder is a file; rename that and try again.',
    ],
    ['EEXIST', 'linux', 'submission.csv is there already; rename it and try again.'],
    ['ELOOP', 'linux', 'submission.csv is a link that leads back to itself; remove it and try again.'],
    [
      'EMFILE',
      'linux',
      'submission.csv could not be written, for too many files are open; close some programs, or raise the limit, as with "ulimit -n 1024", and try again.',
    ],
    [
      'EIO',
      'linux',
      'submission.csv could not be written, for the disk reports an error; check the disk and try again.',
    ],
    ['ENAMETOOLONG', 'linux', 'submission.csv could not be written (ENAMETOOLONG); try again.'],
  ] as const)('%s on %s is a sentence with the file and a way out', (code, platform, sentence) => {
    const error = written(code, platform);
    expect(error.message).toBe(sentence);
    expect(error.code).toBe(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'write-failed');
    expect(error.detail).toContain('as the system says it');
  });
});
