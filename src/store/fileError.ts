import { DigitsError, type ErrorCode } from '../core/errors';
import { sentence, type Sentence } from '../core/sentence';

/** The error says that a place may be read but not written. */
export function isReadOnly(error: unknown): error is DigitsError {
  return (
    error instanceof DigitsError && error.code === 'write-failed' && /^(EACCES|EPERM|EROFS)\b/.test(error.detail ?? '')
  );
}

/** The error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof DigitsError && error.code === 'read-failed' && /^(ENOENT|ENOTDIR)\b/.test(error.detail ?? '');
}

/** A file system error as a sentence about `file`; `doing` is what was tried, as in "read" or "write". */
export function fileError(
  doing: 'read' | 'write',
  file: string,
  error: unknown,
  platform: NodeJS.Platform = process.platform,
): DigitsError {
  if (error instanceof DigitsError) return error;
  const { code, message } = error as { readonly code?: string; readonly message: string };
  const fail = (said: Sentence, kind: ErrorCode = doing === 'read' ? 'read-failed' : 'write-failed'): DigitsError =>
    new DigitsError(kind, said, message);
  const done = doing === 'read' ? 'read' : 'written';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fail(
        sentence`The disk is full, so ${file} could not be written; free some space and try again.`,
        'disk-full',
      );
    case 'EFBIG':
      return fail(
        sentence`${file} would be larger than a file may be here; raise the limit, or choose another disk, and try again.`,
      );
    case 'ENOENT':
      return fail(
        doing === 'read'
          ? sentence`There is no file ${file}; check its name and folder.`
          : sentence`The folder of ${file} is gone; create it again and try once more.`,
      );
    case 'EACCES':
    case 'EPERM':
      // Windows says so too of a file that another program holds.
      if (platform === 'win32' && doing === 'write')
        return fail(
          sentence`${file} is open in another program, such as Excel, or is read-only; close it there or change its permissions, and try again.`,
        );
      return fail(sentence`Digits may not ${doing} ${file}; change its permissions and try again.`);
    case 'EBUSY':
    case 'ETXTBSY':
      return fail(sentence`${file} is open in another program; close it there and try again.`);
    case 'EROFS':
      return fail(sentence`${file} is on a read-only file system; copy the folder to a place that can be written.`);
    case 'EISDIR':
      return fail(sentence`${file} is a folder, not a file; rename it or choose another file.`);
    case 'ENOTDIR':
      return fail(
        sentence`${file} could not be ${done}, for what should be its folder is a file; rename that and try again.`,
      );
    case 'EEXIST':
      return fail(sentence`${file} is there already; rename it and try again.`);
    case 'ELOOP':
      return fail(sentence`${file} is a link that leads back to itself; remove it and try again.`);
    case 'EMFILE':
    case 'ENFILE':
      return fail(
        sentence`${file} could not be ${done}, for too many files are open; close some programs, or raise the limit, as with "ulimit -n 1024", and try again.`,
      );
    case 'EIO':
      return fail(sentence`${file} could not be ${done}, for the disk reports an error; check the disk and try again.`);
    default:
      return fail(sentence`${file} could not be ${done} (${code ?? message}); try again.`);
  }
}
