import { DigitsError, isErrorCode, type ErrorData } from '../../core/errors';
import { isFileName, readRunIds } from '../../core/run/runId';
import { isRunFolder } from '../../store/run/runPaths';
import type { DataPanelHost } from '../../protocol/dataPanel';
import type { Want } from '../../protocol/explain';
import type { PreviewImagePlace, RunImagePlace } from '../../protocol/inspector';
import type { PreviewHost, RunPanelHost } from '../../protocol/panels';
import type { Methods } from '../../protocol/rpc';
import { checkFilter, checkId, checkRange, checkRows } from './checkRequests';

// What comes from a webview is checked before anything else happens: its page may be of another version, or not ours.

type ArgumentOf<F> = F extends (argument: infer A) => unknown ? A : never;
/** A check of each method's argument: gives what the method may be given, or throws. */
type Checks<T> = { readonly [K in keyof T]: (argument: unknown) => ArgumentOf<T[K]> };

/** The methods of a host with their arguments checked. */
function checked<T extends Methods<T>>(methods: T, checks: Checks<T>): T {
  const names = Object.keys(checks) as (keyof T & string)[];
  return Object.fromEntries(
    names.map(name => [name, (argument: unknown) => methods[name](checks[name](argument) as never)]),
  ) as unknown as T;
}

const longestText = 1 << 16;
/** Images of one request; more of them are asked for again. */
const mostRows = 512;
const wants: readonly unknown[] = ['probabilities', 'occlusion', 'neighbours'] satisfies Want[];

function refuse(what: string): never {
  throw new DigitsError(
    'internal',
    `A view sent something else than ${what}; reload it, and see the log when it happens again.`,
  );
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : refuse('an object');
}

function nothing(value: unknown): undefined {
  return value === undefined ? undefined : refuse('nothing');
}

function text(value: unknown): string {
  return typeof value === 'string' && value.length <= longestText ? value : refuse('a text');
}

/** A row or a line, from 1. */
function row(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value < 2 ** 32
    ? value
    : refuse('a row');
}

function rows(value: unknown): readonly number[] {
  return Array.isArray(value) && value.length <= mostRows ? value.map(row) : refuse('a list of rows');
}

function evaluation(value: unknown): string {
  return isFileName(value) ? value : refuse('an evaluation');
}

function optional<T>(value: unknown, check: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : check(value);
}

function runFolder(value: unknown): string {
  return isRunFolder(value) ? value : refuse('the folder of a run');
}

function role(value: unknown): 'train' | 'test' {
  return value === 'train' || value === 'test' ? value : refuse('a file of the data set');
}

function want(value: unknown): Want | undefined {
  return value === undefined || wants.includes(value) ? (value as Want | undefined) : refuse('a question');
}

function error(value: unknown): ErrorData {
  const { code, message, detail } = fields(value);
  return {
    code: isErrorCode(code) ? code : refuse('an error'),
    message: text(message),
    ...(detail !== undefined && { detail: text(detail) }),
  };
}

function runImage(value: unknown): RunImagePlace {
  const place = fields(value);
  return { evaluation: optional(place['evaluation'], evaluation), row: row(place['row']) };
}

function previewImage(value: unknown): PreviewImagePlace {
  const place = fields(value);
  return { runFolder: runFolder(place['runFolder']), row: row(place['row']) };
}

/** What a run panel's view may ask, with nothing but what it may ask with. */
export function checkedRunPanel(methods: RunPanelHost): RunPanelHost {
  return checked<RunPanelHost>(methods, {
    ready: nothing,
    evaluation,
    images: request => ({
      evaluation: optional(fields(request)['evaluation'], evaluation),
      rows: rows(fields(request)['rows']),
    }),
    comparedRuns: ids => readRunIds(ids),
    pickCompared: ids => readRunIds(ids),
    cancel: nothing,
    resume: nothing,
    writeSubmission: nothing,
    revealInPreview: runImage,
    showLog: nothing,
    logError: error,
    probabilities: runImage,
    occlusion: runImage,
    neighbours: runImage,
    cancelQuestion: want,
  });
}

/** The same of a preview's view. */
export function checkedPreview(methods: PreviewHost): PreviewHost {
  return checked<PreviewHost>(methods, {
    ready: nothing,
    rows: range => checkRange(fields(range)),
    reload: nothing,
    reopenAsText: nothing,
    showLog: nothing,
    logError: error,
    images: checkRows,
    labels: nothing,
    predictions: nothing,
    predicted: checkId,
    filter: request => checkFilter({ ...fields(request), filter: fields(fields(request)['filter']) }),
    network: nothing,
    openRun: runFolder,
    revealTrainingRow: previewImage,
    probabilities: previewImage,
    occlusion: previewImage,
    neighbours: previewImage,
    cancelQuestion: want,
  });
}

/** The same of a data page's view. */
export function checkedDataPanel(methods: DataPanelHost): DataPanelHost {
  return checked<DataPanelHost>(methods, {
    ready: nothing,
    reload: nothing,
    cancel: nothing,
    preview: role,
    revealRow: place => ({ role: role(fields(place)['role']), row: row(fields(place)['row']) }),
    revealLine: place => ({ role: role(fields(place)['role']), line: row(fields(place)['line']) }),
    showLog: nothing,
    logError: error,
  });
}
