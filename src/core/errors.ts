import * as v from 'valibot';
import { inEnglish, sentence, type Sentence } from './sentence';

/** What went wrong, for programs: the command line prints it, tests match on it. */
const errorCodes = [
  'no-data', // no pixel CSV where one was looked for
  'no-test', // a data set without test.csv
  'no-run', // no finished run to use
  'no-engine', // TensorFlow is not there or does not load
  'bad-header', // a file that is no pixel CSV
  'bad-row', // a row that can't be read
  'unlabelled', // images with the label -1, and no word what is to be done with them
  'empty-file',
  'read-failed', // the file system said no
  'write-failed',
  'disk-full',
  'mismatch', // the files don't belong together: sides, classes or a changed file
  'bad-setting', // a value that the user chose and that can't be
  'diverged', // numbers that are none: a training that diverged, or its network
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
  /** In English: for logs and programs, and for whoever has no translation. */
  readonly message: string;
  /** The same as what is said and of what; missing where another process or version worded it. */
  readonly sentence?: Sentence;
  readonly detail?: string;
  readonly skippableRows?: number;
}

/**
 * An error meant for people: a full sentence that names file and row and says what to do.
 * Everything else that is thrown is a fault in Digits.
 */
export class DigitsError extends Error {
  readonly code: ErrorCode;
  readonly sentence: Sentence | undefined;
  /** What the log shows beside the sentence: the system's own message, a stack. */
  readonly detail: string | undefined;
  /** How many rows can't be read, where whoever asked may ask again without them. */
  readonly skippableRows: number | undefined;

  /** `said`: a sentence, or one that is text already. */
  constructor(code: ErrorCode, said: Sentence | string, detail?: string, skippableRows?: number) {
    super(typeof said === 'string' ? said : inEnglish(said));
    this.name = 'DigitsError';
    this.code = code;
    this.sentence = typeof said === 'string' ? undefined : said;
    this.detail = detail;
    this.skippableRows = skippableRows;
  }
}

/** Any thrown value as an {@link ErrorData}: a DigitsError as it is, `no-memory` where memory ran out, everything else as `internal` with its stack. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof DigitsError) {
    const { code, message, sentence: said, detail, skippableRows } = error;
    return {
      code,
      message,
      ...(said && { sentence: said }),
      ...(detail !== undefined && { detail }),
      ...(skippableRows !== undefined && { skippableRows }),
    };
  }
  const text = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  if (tellsOfMemory(text))
    return toErrorData(
      new DigitsError(
        'no-memory',
        sentence`There is not enough memory for this; close other programs or choose a smaller preset, then try again.`,
        stack ?? text,
      ),
    );
  if (tellsOfFiles(text)) return toErrorData(tooFewFiles(stack ?? text));
  return toErrorData(new DigitsError('internal', sentence`Digits failed in a way it should not: ${text}.`, stack));
}

/** What JavaScript, WebAssembly and TensorFlow say where memory runs out; oneDNN gives a status alone: 1 (`dnnl_out_of_memory`), or 5 (`dnnl_runtime_error`) where it got no room to compute in. */
export function tellsOfMemory(text: string): boolean {
  return /\bOOM\b|out of memory|allocation failed|could not allocate|cannot allocate memory|bad_alloc|maximum memory size|exception: ?status: [15],/i.test(
    text,
  );
}

/** What the system says where a process, or all together, may open no more files. */
export function tellsOfFiles(text: string): boolean {
  return /\bE[MN]FILE\b|too many open files/i.test(text);
}

/** What people are told then. */
export function tooFewFiles(detail: string, code: ErrorCode = 'read-failed'): DigitsError {
  return new DigitsError(
    code,
    sentence`Too few files may be open at once here; close some programs, or raise the limit, as with "ulimit -n 1024", and try again.`,
    detail,
  );
}

/** The other direction of {@link toErrorData}; what is no error becomes one that says so. */
export function fromErrorData(data: unknown): DigitsError {
  const parsed = v.safeParse(errorData, data);
  if (!parsed.success) return new DigitsError('internal', sentence`Digits failed for an unknown reason.`, typeof data);
  const { code, message, sentence: said, detail, skippableRows } = parsed.output;
  return new DigitsError(code as ErrorCode, said ?? message, detail, skippableRows);
}

const errorData = v.looseObject({
  code: v.custom<ErrorCode>(isErrorCode),
  message: v.string(),
  sentence: v.fallback(v.optional(v.object({ template: v.string(), args: v.array(v.string()) })), undefined),
  detail: v.fallback(v.optional(v.string()), undefined),
  skippableRows: v.fallback(v.optional(v.number()), undefined),
});
