import { keptEpoch } from '../../../src/core/run/keptEpoch';
import { statusNames, totalEpochs } from '../../../src/core/run/runRecord';
import { count, dayAndTime, describeEngine, duration, percent, plural } from '../../../src/core/text';
import { loss } from '../facts/model';
import type { ChartRun } from '../charts/chartRun';

/** A row of the comparison table. */
export interface ComparedRow {
  readonly label: string;
  /** One value per run. */
  readonly values: readonly string[];
  /** Whether the values differ. */
  readonly differs: boolean;
}

/** A group of rows. */
export interface ComparedRows {
  readonly title: string;
  readonly rows: readonly ComparedRow[];
}

type Run = Pick<ChartRun, 'run' | 'history'>;

const none = '–';

/** Settings and results of runs as text. Values with the same text do not differ. */
export function comparedRows(runs: readonly Run[]): readonly ComparedRows[] {
  const row = (label: string, read: (run: Run) => string | undefined): ComparedRow => {
    const values = runs.map(run => read(run) ?? none);
    return { label, values, differs: new Set(values).size > 1 };
  };
  const fingerprints = new Set(runs.map(({ run }) => run.data.fingerprint));
  return [
    {
      title: 'Settings',
      rows: [
        row('Preset', ({ run }) => run.config.preset),
        row('Networks', ({ run }) => count(run.networks)),
        row('Epochs', ({ run }) =>
          run.networks === 1 ? count(run.config.epochs) : `${run.config.epochs} each, ${totalEpochs(run)} in all`,
        ),
        row('Seed', ({ run }) => String(run.config.seed)),
        // The files may differ although name and size are the same.
        row(
          'Data',
          ({ run: { data } }) =>
            `${data.file}${fingerprints.size > 1 ? `, version ${data.fingerprint.slice(0, 6)}` : ''}`,
        ),
        row('Training images', ({ run }) => count(run.data.trainingRows)),
        row('Validation images', ({ run }) => count(run.data.validationRows)),
        row('Validation share', ({ run: { data } }) =>
          percent(data.validationRows / Math.max(data.trainingRows + data.validationRows, 1)),
        ),
        ...overrideNames(runs).map(name =>
          row(
            name,
            ({ run }) =>
              (run.config.overrides as Readonly<Record<string, number>> | undefined)?.[name]?.toString() ??
              'as in the preset',
          ),
        ),
        row('Parameters', ({ run }) => count(run.parameters)),
        row('Engine', ({ run }) => `${run.engine.name}, ${describeEngine(run.engine)}`),
      ],
    },
    {
      title: 'Results',
      rows: [
        row('Status', ({ run }) => statusNames[run.status]),
        row('Epochs ended', ({ history }) => count(history.length)),
        row('Weights kept', ({ run, history }) => keptOf(run, history, kept => `of epoch ${kept.epoch}`)),
        row('Validation accuracy', ({ run, history }) =>
          keptOf(run, history, kept => kept.valAccuracy !== undefined && percent(kept.valAccuracy)),
        ),
        row('Validation loss', ({ run, history }) =>
          keptOf(run, history, kept => kept.valLoss !== undefined && loss(kept.valLoss)),
        ),
        row('Training accuracy', ({ run, history }) => keptOf(run, history, kept => percent(kept.accuracy))),
        row('Training loss', ({ run, history }) => keptOf(run, history, kept => loss(kept.loss))),
        row('Trained for', ({ run, history }) => duration(Math.max(run.seconds, sumOfSeconds(history)))),
        row('Time of an epoch', ({ history }) =>
          history.length === 0 ? undefined : duration(sumOfSeconds(history) / history.length),
        ),
        row('Began', ({ run }) => dayAndTime(run.created)),
      ],
    },
  ];
}

/** A warning if the accuracies are of different images; undefined otherwise. */
export function validationCaution(runs: readonly Run[]): string | undefined {
  const validated = runs.filter(({ run }) => run.data.validationRows > 0);
  const sets = new Set(
    validated.map(({ run: { config, data } }) =>
      [data.fingerprint, data.rows, data.validationRows, config.seed].join(),
    ),
  );
  return sets.size > 1
    ? 'These runs were not validated on the same images, so small differences of their accuracies mean little.'
    : undefined;
}

/** Says which compared runs are gone. */
export function goneSentence(names: readonly string[]): string {
  const quoted = names.map(name => `"${name}"`).join(', ');
  return names.length === 1
    ? `The run ${quoted} is gone, so it is no longer compared.`
    : `${plural(names.length, 'run')} are gone, so they are no longer compared: ${quoted}.`;
}

/** All settings that a run overrides; the validation share is always included. */
function overrideNames(runs: readonly Run[]): readonly string[] {
  return [...new Set(runs.flatMap(({ run }) => Object.keys(run.config.overrides ?? {})))]
    .filter(name => name !== 'validationShare' && name !== 'networks')
    .sort();
}

function keptOf(
  run: Run['run'],
  history: Run['history'],
  words: (kept: Run['history'][number]) => string | false,
): string | undefined {
  const kept = keptEpoch(history, run);
  return (kept && words(kept)) || undefined;
}

function sumOfSeconds(history: Run['history']): number {
  return history.reduce((sum, { seconds }) => sum + seconds, 0);
}
