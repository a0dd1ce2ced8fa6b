import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { escapeLinks } from '../../core/printable';
import { readRun } from '../../store/run/runFolder';
import type { Log } from '../log';
import type { RunService } from '../runs/runService';
import type { FinishedRun, Training } from '../runs/trainingQueue';
import { sayInformation } from '../say';
import { closingSentence, describeProgress, shareDone } from './trainWords';
import { shownPath } from '../shownPath';

/** What training needs of the others. */
export interface TrainActions {
  readonly runs: RunService;
  readonly log: Log;
  readonly openRun: (runFolder: string, preserveFocus?: boolean) => void;
  readonly writeSubmission: (runFolder: string) => unknown;
  readonly resume: (runFolder: string) => unknown;
}

/**
 * Trains, or goes on with a run, with a progress notification and the run's panel, and offers what comes next. A training
 * that fails and left what it needs to go on is told of here, with Resume; other errors are thrown.
 */
export async function trainWithProgress(actions: TrainActions, training: Training): Promise<void> {
  const { runs, log, openRun, writeSubmission, resume } = actions;
  const name = shownPath(training.trainFile);
  let runFolder = training.resume;
  let run;
  try {
    ({ run, runFolder } = await trainNotified(runs, training, name, (folder, preserveFocus) => {
      runFolder = folder;
      openRun(folder, preserveFocus);
    }));
  } catch (error) {
    if (runFolder === undefined || !(await canGoOn(runs, runFolder, error))) throw error;
    if (await log.offer(error as DigitsError, 'Resume')) await resume(runFolder);
    return;
  }

  const sentence = closingSentence(run, name);
  if (sentence === undefined) return;
  const more = (await runs.canResume(runFolder, run)) ? ['Resume'] : [];
  const choice = await sayInformation(sentence, ...more, 'Write Submission', 'Show Run');
  if (choice === 'Resume') await resume(runFolder);
  if (choice === 'Write Submission') await writeSubmission(runFolder);
  if (choice === 'Show Run') openRun(runFolder);
}

function trainNotified(
  runs: RunService,
  training: Training,
  name: string,
  openRun: TrainActions['openRun'],
): Promise<FinishedRun> {
  return Promise.resolve(
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: escapeLinks(`Training on ${name}`), cancellable: true },
      (notification, token) => {
        let reported = 0;
        let waited = false;
        token.onCancellationRequested(() => notification.report({ message: 'stopping…' }));
        // After a wait the user is at something else: no key of theirs may land in the panel.
        return runs.train(training, token, {
          onStarted: folder => openRun(folder, waited),
          onProgress: progress => {
            waited ||= progress === 'waiting';
            if (token.isCancellationRequested) return;
            const done = progress === 'waiting' ? 0 : shareDone(progress) * 100;
            notification.report({
              message: escapeLinks(describeProgress(progress)),
              increment: Math.max(done - reported, 0),
            });
            reported = Math.max(reported, done);
          },
        });
      },
    ),
  );
}

/** The training failed, rather than was cancelled or refused, and its run can go on. */
async function canGoOn(runs: RunService, runFolder: string, error: unknown): Promise<boolean> {
  if (!(error instanceof DigitsError) || error.code === 'cancelled' || error.code === 'mismatch') return false;
  return readRun(runFolder).then(
    run => runs.canResume(runFolder, run),
    () => false,
  );
}
