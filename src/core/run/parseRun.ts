import { DigitsError, isErrorCode } from '../errors';
import { parseOverrides } from '../overrides';
import { presets } from '../presets';
import { isFileName, isRunId } from './runId';
import { statusNames, type EpochRecord, type RunRecord } from './runRecord';

// What is in a run's folder may be damaged, of another version, or somebody else's: nothing of it is taken unseen.

const MOST_TEXT = 1 << 16;
const MOST_ITEMS = 1 << 16;
/** Far more than anybody trains; what is made of these numbers stays in memory. */
const MOST_NETWORKS = 1000;
const MOST_SIDE = 1024;

/** The content of a run.json. Throws `read-failed` where it is none that views and commands can use. `file`: for messages. */
export function parseRun(text: string, file: string): RunRecord {
  const run = parseJson(text, file);
  if (isRun(run)) return withPresentNames(run);
  throw new DigitsError(
    'read-failed',
    `${file} is no run that this version of Digits can read; train again, or update Digits.`,
  );
}

/** The content of a history.json. Throws `read-failed` where it is damaged. `file`: for messages. */
export function parseHistory(text: string, file: string): EpochRecord[] {
  const history = parseJson(text, file);
  if (!isList<EpochRecord>(history, isEpoch)) throw damaged(file, 'a record of an epoch is none');
  return history.map(
    epoch =>
      Object.fromEntries(Object.entries(epoch).map(([name, value]) => [name, value ?? NaN])) as unknown as EpochRecord,
  );
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(file, String(error));
  }
}

function damaged(file: string, detail: string): DigitsError {
  return new DigitsError('read-failed', `${file} is damaged; delete this run and train again.`, detail);
}

type Fields<T> = { readonly [K in keyof T]-?: (value: unknown) => boolean };

const isRun = record<RunRecord>({
  version: value => value === 1,
  id: isRunId,
  status: oneOf(...Object.keys(statusNames)),
  created: value => isText(value) && Number.isFinite(Date.parse(value)),
  config: record<RunRecord['config']>({
    preset: oneOf(...Object.keys(presets)),
    epochs: isPositive,
    overrides: optional(areOverrides),
    seed: isCount,
    engine: oneOf('auto', 'native', 'portable'),
    limit: optional(isPositive),
    skipBadRows: optional(value => value === true),
  }),
  data: record<RunRecord['data']>({
    file: isFileName,
    fingerprint: isText,
    rows: isCount,
    skippedRows: optional(isPositive),
    side: value => isPositive(value) && value <= MOST_SIDE,
    classes: value => isList(value, Number.isInteger),
    classCounts: value => isList(value, isCount),
    maxPixel: value => isCount(value) && value <= 255,
    warnings: value => isList(value, isText),
    trainingRows: isCount,
    validationRows: isCount,
  }),
  engine: record<RunRecord['engine']>({
    name: oneOf('native', 'portable'),
    library: isText,
    processes: isPositive,
    threads: isCount,
    note: optional(isText),
  }),
  layers: value =>
    isList(
      value,
      record<RunRecord['layers'][number]>({
        name: isText,
        type: isText,
        outputShape: shape => isList(shape, isCount),
        parameters: isCount,
      }),
    ),
  networks: value => isPositive(value) && value <= MOST_NETWORKS,
  parameters: isCount,
  pid: isCount,
  pidStart: optional(isText),
  host: isText,
  seconds: isAmount,
  keeps: oneOf('best', 'last'),
  bestEpoch: optional(isPositive),
  valAccuracy: optional(isAmount),
  error: optional(
    record<NonNullable<RunRecord['error']>>({
      code: isErrorCode,
      message: isText,
      detail: optional(isText),
      skippableRows: optional(isCount),
    }),
  ),
});

const isEpoch = record<EpochRecord>({
  epoch: value => isPositive(value) && value <= MOST_ITEMS,
  loss: isLoss,
  accuracy: isLoss,
  valLoss: optional(isLoss),
  valAccuracy: optional(isLoss),
  learningRate: isLoss,
  trainSeconds: isAmount,
  seconds: isAmount,
});

/** An object with these fields; others are of a later version, and left alone. */
function record<T>(fields: Fields<T>): (value: unknown) => value is T {
  const checks = Object.entries(fields) as [string, (value: unknown) => boolean][];
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    checks.every(([name, check]) => check((value as Record<string, unknown>)[name]));
}

function optional(check: (value: unknown) => boolean): (value: unknown) => boolean {
  return value => value === undefined || check(value);
}

function oneOf(...values: readonly string[]): (value: unknown) => boolean {
  return value => typeof value === 'string' && values.includes(value);
}

function isList<T>(value: unknown, check: (item: unknown) => boolean): value is T[] {
  return Array.isArray(value) && value.length <= MOST_ITEMS && value.every(check);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_TEXT;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isPositive(value: unknown): value is number {
  return isCount(value) && value > 0;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** JSON has no word for the loss of a network that diverged. */
function isLoss(value: unknown): boolean {
  return value === null || (typeof value === 'number' && Number.isFinite(value));
}

function areOverrides(value: unknown): boolean {
  try {
    // Numbers written as text are for command lines.
    return parseOverrides(value) !== undefined && Object.values(value as object).every(isAmount);
  } catch {
    return false;
  }
}

/** The run with the present names of the preset's values: earlier versions called some otherwise. */
function withPresentNames(run: RunRecord): RunRecord {
  const { overrides } = run.config;
  return overrides ? { ...run, config: { ...run.config, overrides: parseOverrides(overrides) } } : run;
}
