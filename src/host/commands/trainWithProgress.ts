import * as vscode from 'vscode';
import { escapeLinks } from '../../core/printable';
import type { RunService, Training } from '../runs/runService';
import { sayInformation } from '../say';
import { closingSentence, describeProgress, shareDone } from './trainWords';

/** What training needs of the others. */
export interface TrainActions {
  readonly runs: RunService;
  readonly openRun: (runFolder: string, preserveFocus?: boolean) => void;
  readonly writeSubmission: (runFolder: string) => unknown;
  readonly resume: (runFolder: string) => unknown;
}

/** Trains, or goes on with a run, with a progress notification and the run's panel, and offers what comes next. */
export async function trainWithProgress({ runs, openRun, writeSubmission, resume }: TrainActions, training: Training): Promise<void> {
  const name = vscode.workspace.asRelativePath(training.trainFile);
  const { runFolder, run } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: escapeLinks(`Training on ${name}`), cancellable: true },
    (notification, token) => {
      let reported = 0;
      let waited = false;
      token.onCancellationRequested(() => notification.report({ message: 'stopping…' }));
      // After a wait the user is at something else: no key of theirs may land in the panel.
      return runs.train(training, token, folder => openRun(folder, waited), progress => {
        waited ||= progress === 'waiting';
        if (token.isCancellationRequested) return;
        const done = progress === 'waiting' ? 0 : shareDone(progress) * 100;
        notification.report({ message: escapeLinks(describeProgress(progress)), increment: Math.max(done - reported, 0) });
        reported = Math.max(reported, done);
      });
    },
  );

  const sentence = closingSentence(run, name);
  if (sentence === undefined) return;
  const more = (await runs.canResume(runFolder, run)) ? ['Resume'] : [];
  const choice = await sayInformation(sentence, ...more, 'Write Submission', 'Show Run');
  if (choice === 'Resume') await resume(runFolder);
  if (choice === 'Write Submission') await writeSubmission(runFolder);
  if (choice === 'Show Run') openRun(runFolder);
}
