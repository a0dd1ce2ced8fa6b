/** What went wrong, for programs: the command line prints it, tests match on it. */
const errorCodes = [
  'no-data', // no pixel CSV where one was looked for
  'no-test', // a data set without test.csv
  'no-run', // no finished run to use
  'no-engine', // TensorFlow is not there or does not load
  'bad-header', // a file that is no pixel CSV
  'bad-row', // a row that can't be read
  'empty-file',
  'read-failed', // the file system said no
  'write-failed',
  'disk-full',
  'mismatch', // the files don't belong together: sides, classes or a changed file
  'bad-setting', // a value that the user chose and that can't be
  'engine-died', // the training process ended by itself
  'no-memory', // memory ran out, and the process lived to tell
  'cancelled',
  'internal', // a fault in Digits
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** The value, of whatever kind, is one of the codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return (errorCodes as readonly unknown[]).includes(value);
}

/** The form of an error that crosses a process boundary. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail?: string;
  readonly skippableRows?: number;
}

/**
 * An error meant for people: a full sentence that names file and row and says what to do.
 * Everything else that is thrown is a fault in Digits.
 */
export class DigitsError extends Error {
  readonly code: ErrorCode;
  /** What the log shows beside the sentence: the system's own message, a stack. */
  readonly detail: string | undefined;
  /** How many rows can't be read, where whoever asked may ask again without them. */
  readonly skippableRows: number | undefined;

  constructor(code: ErrorCode, message: string, detail?: string, skippableRows?: number) {
    super(message);
    this.name = 'DigitsError';
    this.code = code;
    this.detail = detail;
    this.skippableRows = skippableRows;
  }
}

/** Any thrown value as an {@link ErrorData}: a DigitsError as it is, `no-memory` where memory ran out, everything else as `internal` with its stack. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof DigitsError) {
    const { code, message, detail, skippableRows } = error;
    return { code, message, ...(detail !== undefined && { detail }), ...(skippableRows !== undefined && { skippableRows }) };
  }
  const text = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  if (tellsOfMemory(text)) return { code: 'no-memory', message: 'There is not enough memory for this; close other programs or choose a smaller preset, then try again.', detail: stack ?? text };
  return { code: 'internal', message: `Digits failed in a way it should not: ${text}.`, ...(stack !== undefined && { detail: stack }) };
}

/** What JavaScript, WebAssembly and TensorFlow say where memory runs out; oneDNN gives a status alone: 1 (`dnnl_out_of_memory`), or 5 (`dnnl_runtime_error`) where it got no room to compute in. */
export function tellsOfMemory(text: string): boolean {
  return /\bOOM\b|out of memory|allocation failed|could not allocate|cannot allocate memory|bad_alloc|maximum memory size|exception: ?status: [15],/i.test(text);
}

/** The other direction of {@link toErrorData}; what is no error becomes one that says so. */
export function fromErrorData(data: unknown): DigitsError {
  const { code, message, detail, skippableRows } = (data ?? {}) as Partial<ErrorData>;
  if (!isErrorCode(code) || typeof message !== 'string') return new DigitsError('internal', 'Digits failed in a way that it could not say.', typeof data);
  return new DigitsError(code, message, typeof detail === 'string' ? detail : undefined, typeof skippableRows === 'number' ? skippableRows : undefined);
}

/** A file system error as a sentence about `file`; `doing` is what was tried, as in "read" or "write". */
export function fileError(doing: 'read' | 'write', file: string, error: unknown, platform: NodeJS.Platform = process.platform): DigitsError {
  if (error instanceof DigitsError) return error;
  const { code, message } = error as { readonly code?: string; readonly message: string };
  const fail = (sentence: string, kind: ErrorCode = doing === 'read' ? 'read-failed' : 'write-failed'): DigitsError => new DigitsError(kind, sentence, message);
  const done = doing === 'read' ? 'read' : 'written';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fail(`The disk is full, so ${file} could not be written; free some space and try again.`, 'disk-full');
    case 'EFBIG':
      return fail(`${file} would be larger than a file may be here; raise the limit, or choose another disk, and try again.`);
    case 'ENOENT':
      return fail(doing === 'read' ? `There is no file ${file}; check its name and folder.` : `The folder of ${file} is gone; create it again and try once more.`);
    case 'EACCES':
    case 'EPERM':
      // Windows says so too of a file that another program holds.
      if (platform === 'win32' && doing === 'write') return fail(`${file} is open in another program, such as Excel, or is read-only; close it there or change its permissions, and try again.`);
      return fail(`Digits may not ${doing} ${file}; change its permissions and try again.`);
    case 'EBUSY':
    case 'ETXTBSY':
      return fail(`${file} is open in another program; close it there and try again.`);
    case 'EROFS':
      return fail(`${file} is on a read-only file system; copy the folder to a place that can be written.`);
    case 'EISDIR':
      return fail(`${file} is a folder, not a file; rename it or choose another file.`);
    case 'ENOTDIR':
      return fail(`${file} could not be ${done}, for what should be its folder is a file; rename that and try again.`);
    case 'EEXIST':
      return fail(`${file} is there already; rename it and try again.`);
    case 'ELOOP':
      return fail(`${file} is a link that leads back to itself; remove it and try again.`);
    case 'EMFILE':
    case 'ENFILE':
      return fail(`${file} could not be ${done}, for too many files are open; close some programs and try again.`);
    case 'EIO':
      return fail(`${file} could not be ${done}, for the disk reports an error; check the disk and try again.`);
    default:
      return fail(`${file} could not be ${done} (${code ?? message}); try again, and see the log when it stays so.`);
  }
}
