import type { JSX } from 'preact';
import { count, percent, plural } from '../../../src/core/text';
import { keptEpoch } from '../../../src/core/run/keptEpoch';
import { totalEpochs } from '../../../src/core/run/runRecord';
import type { RunPanelState } from '../../../src/protocol/runPanel';
import { ProgressBar } from '../../shared/progressBar';
import { progressWords, runFacts, statusSentence, statusWord } from './model';

interface HeaderProps {
  readonly state: RunPanelState;
  readonly onCancel: () => void;
  readonly onResume: () => void;
  readonly onWriteSubmission: () => void;
  readonly onShowLog: () => void;
}

/** The title, status and actions of a run. */
export function Header({ state, onCancel, onResume, onWriteSubmission, onShowLog }: HeaderProps): JSX.Element {
  const { run, title, history } = state;
  const trained = `${presetName(run.config.preset)} preset on ${run.data.file}`;
  const facts = runFacts(run, history);
  const sentence = statusSentence(state);
  return (
    <header class="run-header">
      <div class="run-title">
        <h1>{title ?? trained}</h1>
        <span class={`status status-${run.status}`} data-testid="run-status">
          {statusWord(state)}
        </span>
      </div>
      <p class="muted facts" data-testid="run-facts">
        {(title === undefined ? facts : [trained, ...facts]).map(fact => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {run.engine.note !== undefined && (
        <p class="muted" data-testid="engine-note">
          The portable engine took over. {run.engine.note}
        </p>
      )}
      {sentence !== undefined && (
        <p class={run.status === 'failed' ? 'notice notice-error' : 'notice'} role="status" data-testid="run-sentence">
          {sentence}
        </p>
      )}
      <div class="result">
        <Best state={state} />
        <div class="buttons">
          <Actions state={state} onCancel={onCancel} onResume={onResume} onWriteSubmission={onWriteSubmission} />
          {run.status === 'failed' && (
            <vscode-button appearance="secondary" data-testid="show-log" onClick={onShowLog}>
              Show Log
            </vscode-button>
          )}
        </div>
      </div>
      <Progress state={state} />
    </header>
  );
}

/** The accuracy of a run. */
function Best({ state: { run, history, validation } }: { readonly state: RunPanelState }): JSX.Element {
  const kept = keptEpoch(history, run);
  if (!kept) {
    return (
      <p class="best">
        <span class="muted">
          {run.status !== 'training'
            ? 'There is no accuracy: no epoch ended.'
            : run.data.validationRows === 0
              ? noValidation('Trains')
              : 'The first accuracy comes when epoch 1 has ended.'}
        </span>
      </p>
    );
  }
  const wrong = validation?.misclassified.rows.length;
  return (
    <p class="best numbers" data-testid="best">
      {kept.valAccuracy !== undefined && <span class="best-figure">{percent(kept.valAccuracy)}</span>}
      <span>
        {kept.valAccuracy === undefined
          ? `${noValidation(run.status === 'training' ? 'Trains' : 'Trained')} Its weights are those of epoch ${kept.epoch} of ${totalEpochs(run)}.`
          : `${run.keeps === 'best' ? 'best validation accuracy' : 'validation accuracy'}, epoch ${kept.epoch} of ${totalEpochs(run)}`}
        {wrong !== undefined && (
          <span class="muted best-detail">
            {count(wrong)} of {plural(run.data.validationRows, 'image')} misclassified
          </span>
        )}
      </span>
    </p>
  );
}

function Actions({ state, onCancel, onResume, onWriteSubmission }: Omit<HeaderProps, 'onShowLog'>): JSX.Element | null {
  const { run, history, progress, canSubmit, canResume, trainsHere } = state;
  if (trainsHere)
    return (
      <vscode-button appearance="secondary" data-testid="cancel" onClick={onCancel}>
        Cancel Training
      </vscode-button>
    );
  if (run.status === 'training' || history.length === 0) return null;
  return (
    <>
      {canResume && (
        <vscode-button data-testid="resume" onClick={onResume}>
          Resume
        </vscode-button>
      )}
      {canSubmit ? (
        <vscode-button
          appearance={canResume ? 'secondary' : 'primary'}
          disabled={progress !== undefined}
          data-testid="write-submission"
          onClick={onWriteSubmission}
        >
          Write Submission
        </vscode-button>
      ) : (
        <span class="muted">No test file beside {run.data.file}, so there is nothing to submit.</span>
      )}
    </>
  );
}

function Progress({ state: { run, progress, trainsHere } }: { readonly state: RunPanelState }): JSX.Element | null {
  if (!progress) {
    return run.status === 'training' && !trainsHere ? (
      <p class="muted" data-testid="progress">
        Trained by another window or program; each epoch appears here when it has ended.
      </p>
    ) : null;
  }
  const { title, share, details } = progressWords(progress);
  return (
    <div class="job" data-testid="progress">
      <div class="job-words numbers">
        <strong>{title}</strong>
        <span class="facts muted">
          {details.map(detail => (
            <span key={detail}>{detail}</span>
          ))}
        </span>
      </div>
      <ProgressBar share={share} label={title} />
    </div>
  );
}

function noValidation(verb: 'Trains' | 'Trained'): string {
  return `${verb} on all images, so none is left to validate with.`;
}

function presetName(preset: string): string {
  return preset.charAt(0).toUpperCase() + preset.slice(1);
}
