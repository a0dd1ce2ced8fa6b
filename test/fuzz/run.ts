import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseOverrides } from '../../src/core/overrides';
import { resolveConfig } from '../../src/core/run/runConfig';
import { decodeCheckpoint } from '../../src/store/run/checkpoint';
import { decodeEvaluation } from '../../src/store/run/evaluations';
import { keptEpoch } from '../../src/core/run/keptEpoch';
import { parseHistory, parseRun } from '../../src/core/run/parseRun';
import { decodePredictions } from '../../src/core/run/predictions';
import { rowPredictions } from '../../src/core/run/rowPredictions';
import { presetWords, totalEpochs, type EpochRecord, type RunRecord } from '../../src/core/run/runRecord';
import { decodeSafetensors, encodeSafetensors } from '../../src/core/run/safetensors';
import { dayAndTime, describeEngine } from '../../src/core/text';
import { DigitsError } from '../../src/core/errors';
import { validationView } from '../../src/host/run/validationView';
import { closingSentence } from '../../src/host/commands/trainWords';
import { learningRate, loss, runFacts, statusSentence } from '../../webview/run/facts/model';
import { mutated, mutatedJson } from './mutate';
import type { FuzzTarget } from './target';

const run: RunRecord = {
  version: 1,
  id: '2026-01-02-030405-quick-4f',
  status: 'done',
  created: '2026-01-02T03:04:05.000Z',
  config: {
    preset: 'quick',
    epochs: 5,
    overrides: { learningRate: 0.01, networks: 2 },
    seed: 2,
    engine: 'auto',
    limit: 100,
  },
  data: {
    file: 'train.csv',
    fingerprint: '10-f',
    rows: 10,
    side: 28,
    classes: [0, 1],
    classCounts: [5, 5],
    maxPixel: 255,
    warnings: ['a word'],
    trainingRows: 9,
    validationRows: 1,
  },
  engine: { name: 'native', library: 'TensorFlow 2.15.1', processes: 2, threads: 1, note: 'why' },
  layers: [{ name: 'conv', type: 'Conv2D', outputShape: [24, 24, 8], parameters: 80 }],
  networks: 2,
  keeps: 'last',
  parameters: 80,
  pid: 1,
  host: 'here',
  seconds: 1.5,
  bestEpoch: 2,
  valAccuracy: 0.97,
  error: { code: 'cancelled', message: 'Cancelled.', detail: 'more' },
};
const epoch: EpochRecord = {
  epoch: 1,
  loss: 0.4,
  accuracy: 0.9,
  valLoss: 0.1,
  valAccuracy: 0.97,
  learningRate: 0.001,
  trainSeconds: 1,
  seconds: 60,
};
const history = [epoch, { ...epoch, epoch: 2, loss: 1e-7 }];

/** Text of JSON after changes of its values and of its characters. */
const jsonOf = (value: unknown): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: mutatedJson(value).map(changed => JSON.stringify(changed) ?? ''), weight: 4 },
    {
      arbitrary: mutated(fc.constant(Buffer.from(JSON.stringify(value)) as Uint8Array), [
        '{',
        '}',
        '[',
        ']',
        '"',
        ',',
        ':',
        '1e999',
        '-',
        'null',
        '\\u0000',
        '\0',
        '\xff',
      ]).map(bytes => Buffer.from(bytes).toString()),
      weight: 1,
    },
  );

/** Runs something; true where it is refused by a sentence about the file, and thrown on where it fails otherwise. */
function refused(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    assert.ok(error instanceof DigitsError, String((error as Error).stack));
    assert.equal(error.code, 'read-failed');
    assert.match(error.message, /^FILE /);
    return true;
  }
}

const whole = encodeSafetensors(
  {
    rows: { shape: [2], data: Uint32Array.of(7, 9) },
    labels: { shape: [2], data: Uint16Array.of(1, 0) },
    probabilities: { shape: [2, 2], data: Float32Array.of(0.25, 0.75, 0.5, 0.5) },
  },
  { evaluation: JSON.stringify({ file: 'a.csv', fingerprint: 'f', created: '2026', epoch: 1, images: 2, right: 1 }) },
);
const checkpoint = encodeSafetensors(
  Object.fromEntries(
    (
      [
        ['epochs', Uint32Array.of(2)],
        ['weights', Float32Array.of(1, 2)],
        ['steps', Uint32Array.of(3)],
        ['optimizer.0', Float32Array.of(1, 2)],
        ['finished.0', Float32Array.of(3)],
      ] as const
    ).map(([name, data]) => [name, { shape: [data.length], data }]),
  ),
);

/** A file of tensors after changes of its bytes, or of its header with its length put right. */
function tensorsOf(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString()) as unknown;
  const data = bytes.subarray(8 + length);
  const withHeader = (changed: unknown): Uint8Array => {
    const text = Buffer.from(JSON.stringify(changed) ?? '');
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([size, text, data]);
  };
  return fc.oneof(
    { arbitrary: mutatedJson(header).map(withHeader), weight: 2 },
    {
      arbitrary: mutated(fc.constant(bytes), ['\0', '\xff', '{', '"', '0', '9', ':', ',', 'F32', 'U16', '-']),
      weight: 1,
    },
  );
}

export const runTargets: readonly FuzzTarget[] = [
  {
    name: 'run.json',
    holds: "A record is one that every view and command can show, or is refused with its file's name.",
    property: fc.asyncProperty(jsonOf(run), async text => {
      let parsed: RunRecord | undefined;
      if (refused(() => (parsed = parseRun(text, 'FILE')))) return;
      const read = parsed!;
      const words = [
        presetWords(read),
        String(totalEpochs(read)),
        describeEngine(read.engine),
        closingSentence(read, 'train.csv') ?? '',
        dayAndTime(read.created),
        ...runFacts(read, history),
        statusSentence({ run: read, history, trainsHere: false, canResume: true }) ?? '',
      ];
      assert.equal(
        words.every(word => typeof word === 'string'),
        true,
      );
      assert.ok(resolveConfig(read.config).totalEpochs > 0);
      assert.equal(read.data.classes.every(Number.isInteger), true);
    }) as FuzzTarget['property'],
  },
  {
    name: 'history.json',
    holds: "Epochs are such that charts and sentences can show, or are refused with their file's name.",
    property: fc.asyncProperty(jsonOf(history), async text => {
      let parsed: EpochRecord[] | undefined;
      if (refused(() => (parsed = parseHistory(text, 'FILE')))) return;
      for (const record of parsed!)
        assert.equal(
          [
            loss(record.loss),
            learningRate(record.learningRate),
            record.accuracy.toFixed(4),
            record.seconds.toFixed(1),
          ].every(word => typeof word === 'string'),
          true,
        );
      keptEpoch(parsed!, run);
    }) as FuzzTarget['property'],
  },
  {
    name: 'safetensors',
    holds: 'A file of tensors gives arrays that are in it, or is refused with its name.',
    property: fc.asyncProperty(tensorsOf(whole), async bytes => {
      refused(() => {
        for (const data of decodeSafetensors(bytes, 'FILE').values()) assert.ok(data.byteLength <= bytes.length);
      });
    }) as FuzzTarget['property'],
  },
  {
    name: 'predictions',
    holds: "Predictions belong together so that a panel can show them, or are refused with their file's name.",
    property: fc.asyncProperty(tensorsOf(whole), async bytes => {
      refused(() => {
        const predictions = decodePredictions(bytes, 'FILE');
        rowPredictions(
          predictions,
          Array.from(
            { length: predictions.rows.length === 0 ? 2 : predictions.probabilities.length / predictions.rows.length },
            (_, label) => label,
          ),
        );
        validationView(
          predictions,
          predictions.rows.length === 0 ? 2 : predictions.probabilities.length / predictions.rows.length,
        );
      });
    }) as FuzzTarget['property'],
  },
  {
    name: 'evaluation',
    holds: 'An evaluation says of which file it is and how many were right of how many, or is damaged.',
    property: fc.asyncProperty(tensorsOf(whole), async bytes => {
      try {
        const { evaluation, predictions } = decodeEvaluation(bytes, 'a.csv-1', 'FILE');
        assert.ok(evaluation.right <= evaluation.images && typeof evaluation.file === 'string');
        assert.equal(predictions.labels.length, predictions.rows.length);
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof assert.AssertionError));
      }
    }) as FuzzTarget['property'],
  },
  {
    name: 'checkpoint',
    holds: "A checkpoint gives the epochs that ended and arrays of numbers, or is refused with its file's name.",
    property: fc.asyncProperty(tensorsOf(checkpoint), async bytes => {
      refused(() => {
        const { epochs, finished, current } = decodeCheckpoint(bytes, 'FILE');
        assert.ok(Number.isInteger(epochs) && epochs >= 0);
        assert.equal(
          [...finished, ...(current ? [current.weights, ...current.optimizer.moments] : [])].every(
            data => data instanceof Float32Array,
          ),
          true,
        );
      });
    }) as FuzzTarget['property'],
  },
  {
    name: 'preset values',
    holds: "A user's own values are within their bounds, or are refused by a sentence.",
    property: fc.asyncProperty(mutatedJson({ learningRate: 0.01, networks: 3, batchSize: 64 }), async values => {
      try {
        const read = parseOverrides(values);
        assert.ok(resolveConfig({ preset: 'quick', overrides: read }).networks >= 1);
      } catch (error) {
        assert.ok(error instanceof DigitsError && error.code === 'bad-setting', String(error));
      }
    }) as FuzzTarget['property'],
  },
];
