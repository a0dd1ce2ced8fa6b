import * as v from 'valibot';
import { amount, count, errorCode, fileName, list, moment, mostEpochs, positive, record, runId, text } from '../bounds';
import { DigitsError } from '../errors';
import { sentence } from '../sentence';
import { parseOverrides, type Overrides } from '../overrides';
import { presets } from '../presets';
import { statusNames, type EpochRecord, type RunRecord } from './runRecord';

// What is in a run's folder may be damaged, of another version, or somebody else's: nothing of it is taken unseen.

/** Far more than anybody trains; what is made of these numbers stays in memory. */
const MOST_NETWORKS = 1000;
const MOST_SIDE = 1024;
/** As many as `--set processes` takes: a run is resumed with as many as it had. */
const MOST_PROCESSES = 16;
/** Of a process. More than any machine has cores. */
const MOST_THREADS = 1 << 14;
/** About three hundred years. */
const MOST_SECONDS = 1e10;

/** The content of a run.json. Throws `read-failed` where it is none that views and commands can use. `file`: for messages. */
export function parseRun(content: string, file: string): RunRecord {
  const read = parseJson(content, file);
  if (v.is(run, read)) return withPresentNames(read as unknown as RunRecord);
  throw new DigitsError(
    'read-failed',
    sentence`${file} is no run that this version of Digits can read; train again, or update Digits.`,
  );
}

/** The content of a history.json. Throws `read-failed` where it is damaged. `file`: for messages. */
export function parseHistory(content: string, file: string): EpochRecord[] {
  const read = parseJson(content, file);
  if (!v.is(history, read)) throw damaged(file, 'malformed record of an epoch');
  return (read as EpochRecord[]).map(
    epoch =>
      Object.fromEntries(Object.entries(epoch).map(([name, value]) => [name, value ?? NaN])) as unknown as EpochRecord,
  );
}

function parseJson(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw damaged(file, String(error));
  }
}

function damaged(file: string, detail: string): DigitsError {
  return new DigitsError('read-failed', sentence`${file} is damaged; delete this run and train again.`, detail);
}

/** At most so many pixels, degrees or shares; what a preset has is far below. */
const transform = v.pipe(amount, v.maxValue(360));

const fewRows = record({
  batchSize: v.optional(v.pipe(positive, v.maxValue(4096))),
  augmentation: v.optional(
    record({
      rotation: transform,
      zoom: v.pipe(amount, v.maxValue(1)),
      shift: v.pipe(amount, v.maxValue(1)),
      shear: v.optional(v.pipe(amount, v.maxValue(45))),
      elastic: v.optional(transform),
      strokes: v.optional(v.pipe(amount, v.maxValue(1))),
    }),
  ),
  patience: v.optional(v.pipe(positive, v.maxValue(mostEpochs))),
  batchNormMomentum: v.optional(v.pipe(amount, v.maxValue(1))),
});

/** Of a training, in seconds. */
const duration = v.pipe(amount, v.maxValue(MOST_SECONDS));

const run = record({
  version: v.literal(1),
  id: runId,
  status: v.picklist(Object.keys(statusNames)),
  created: moment,
  config: record({
    preset: v.picklist(Object.keys(presets)),
    epochs: positive,
    overrides: v.optional(v.custom<Overrides>(areOverrides)),
    fewRows: v.optional(fewRows),
    seed: count,
    engine: v.picklist(['auto', 'native', 'portable']),
    limit: v.optional(positive),
    skipBadRows: v.optional(v.literal(true)),
    unlabelled: v.optional(v.picklist(['skip', 'class'])),
  }),
  data: record({
    file: fileName,
    fingerprint: text,
    rows: count,
    skippedRows: v.optional(positive),
    side: v.pipe(positive, v.maxValue(MOST_SIDE)),
    classes: list(v.pipe(v.number(), v.integer())),
    classCounts: list(count),
    maxPixel: v.pipe(count, v.maxValue(255)),
    high: v.optional(v.picklist(['ink', 'paper'])),
    mean: v.optional(v.pipe(amount, v.maxValue(1))),
    warnings: list(text),
    trainingRows: count,
    validationRows: count,
  }),
  engine: record({
    name: v.picklist(['native', 'portable']),
    library: text,
    processes: v.pipe(positive, v.maxValue(MOST_PROCESSES)),
    threads: v.pipe(count, v.maxValue(MOST_THREADS)),
    note: v.optional(text),
  }),
  layers: list(record({ name: text, type: text, outputShape: list(count), parameters: count })),
  networks: v.pipe(positive, v.maxValue(MOST_NETWORKS)),
  parameters: count,
  pid: count,
  pidStart: v.optional(text),
  host: text,
  seconds: duration,
  keeps: v.picklist(['best', 'last']),
  bestEpoch: v.optional(positive),
  valAccuracy: v.optional(v.pipe(amount, v.maxValue(1))),
  error: v.optional(
    record({ code: errorCode, message: text, detail: v.optional(text), skippableRows: v.optional(count) }),
  ),
});

/** JSON has no word for the loss of a network that diverged. */
const loss = v.nullable(v.pipe(v.number(), v.finite()));

const history = list(
  record({
    epoch: v.pipe(positive, v.maxValue(mostEpochs)),
    loss,
    accuracy: loss,
    valLoss: v.optional(loss),
    valAccuracy: v.optional(loss),
    learningRate: loss,
    trainSeconds: duration,
    seconds: duration,
  }),
);

function areOverrides(value: unknown): boolean {
  try {
    // Numbers written as text are for command lines.
    return parseOverrides(value) !== undefined && Object.values(value as object).every(number => v.is(amount, number));
  } catch {
    return false;
  }
}

/** The run with the present names of the preset's values: earlier versions called some otherwise. */
function withPresentNames(run: RunRecord): RunRecord {
  const { overrides } = run.config;
  return overrides ? { ...run, config: { ...run.config, overrides: parseOverrides(overrides) } } : run;
}
