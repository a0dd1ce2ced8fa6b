import fs from 'node:fs/promises';
import path from 'node:path';
import { DigitsError } from '../core/errors';
import {
  argMax,
  confusionMatrix,
  misclassifiedExamples,
  wilsonInterval,
  type MisclassifiedExample,
} from '../core/metrics';
import { evaluatedFile, readEvaluation } from '../store/run/evaluations';
import { evaluationNotes } from '../core/run/evaluation';
import { replacedNote } from '../store/run/trainingFile';
import { count, percent, plural } from '../core/text';
import { chooseRun } from './chooseRun';
import { listProblems } from './listProblems';
import type { Output } from './output';
import { inTrainingProcess } from './session';

/** Mistakes that are printed for people; programs get all of them. */
const mostLines = 20;

/** `digits evaluate`. */
export async function evaluateCommand(
  { folder, file, runId }: { readonly folder: string; readonly file: string; readonly runId: string | undefined },
  output: Output,
): Promise<void> {
  const place = await locate(file, folder);
  const { run, runFolder } = await chooseRun(folder, runId, place);
  for (const message of await replacedNote(runFolder, run)) output.event({ event: 'note', message }, message);
  const { classes } = run.data;
  const result = await inTrainingProcess(
    {
      progress: progress => {
        output.event({ event: 'progress', ...progress });
        if (progress.phase === 'reading') output.bar(progress.share, `reading ${progress.file}`);
        else if (progress.phase === 'predicting') output.bar(progress.share, 'predicting');
      },
    },
    async child => child.rpc.call('evaluate', { runFolder, file: place }),
    output,
  ).catch((error: unknown) => {
    if (error instanceof DigitsError && error.code === 'bad-row') listProblems(error, output);
    throw error;
  });

  const { unkept, ...told } = result;
  const { evaluation, predictions } = unkept
    ? { evaluation: told, predictions: unkept }
    : await readEvaluation(runFolder, result.id);
  const { images, right, epoch } = evaluation;
  const confusion = confusionMatrix(
    predictions.labels,
    argMax(predictions.probabilities, classes.length),
    classes.length,
  );
  const wrong = misclassifiedExamples(predictions, classes.length);
  const { low, high } = wilsonInterval(right, images);
  const name = path.basename(file);
  output.event(
    { event: 'accuracy', run: run.id, epoch, images, right, accuracy: right / images, low, high },
    `${percent(right / images)} of ${plural(images, 'image')} of ${name} right (95 % confidence interval ${percent(low)} to ${percent(high)}), by run ${run.id}, epoch ${epoch}`,
  );
  for (const message of evaluationNotes(evaluation, run.data)) output.event({ event: 'note', message }, message);
  output.event(
    { event: 'confusion', classes, confusion },
    `\nRows are true labels, columns what the network predicted:\n${confusionTable(confusion, classes)}`,
  );
  for (const { row, label, predicted, probabilities } of wrong)
    output.event({ event: 'misclassified', row, label: classes[label], predicted: classes[predicted], probabilities });
  output.event(
    {
      event: 'done',
      run: run.id,
      file: evaluatedFile(runFolder, evaluation),
      kept: unkept === undefined,
      images,
      right,
      accuracy: right / images,
      low,
      high,
      misclassified: wrong.length,
    },
    `\n${mistakes(wrong, classes)}`,
  );
}

/** The file as named from here, or else in the folder. */
async function locate(file: string, folder: string): Promise<string> {
  const here = path.resolve(file);
  const there = path.resolve(folder, file);
  const isThere = async (place: string): Promise<boolean> =>
    fs.access(place).then(
      () => true,
      () => false,
    );
  return !(await isThere(here)) && (await isThere(there)) ? there : here;
}

/** A confusion matrix as text: a line a true label, a column a predicted one, and the share of each label that was right. */
function confusionTable(confusion: readonly (readonly number[])[], classes: readonly number[]): string {
  const header = ['', ...classes.map(String), 'right'];
  const rows = confusion.map((row, label) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return [
      String(classes[label]),
      ...row.map(value => (value === 0 ? '.' : count(value))),
      total === 0 ? '-' : percent(row[label]! / total),
    ];
  });
  return table([header, ...rows]);
}

function mistakes(wrong: readonly MisclassifiedExample[], classes: readonly number[]): string {
  if (wrong.length === 0) return 'No image was misclassified.';
  const most = Math.min(wrong.length, mostLines);
  const title =
    wrong.length > most
      ? `The ${most} mistakes of ${count(wrong.length)} that the network was surest of:`
      : `${plural(wrong.length, 'mistake')}, those that the network was surest of first:`;
  const rows = wrong
    .slice(0, most)
    .map(({ row, label, predicted, probabilities }) => [
      count(row),
      String(classes[label]),
      String(classes[predicted]),
      probabilities[predicted]!.toFixed(3),
      probabilities[label]!.toFixed(3),
    ]);
  return `${title}\n${table([['row', 'true', 'predicted', 'p(predicted)', 'p(true)'], ...rows])}`;
}

/** Columns flush right, two spaces apart. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
  return rows.map(row => row.map((cell, column) => cell.padStart(widths[column]!)).join('  ')).join('\n');
}
