import type { JSX } from 'preact';
import type { DataPanelState } from '../../src/protocol/dataPanel';
import { canReload, changeWords } from './dataModel';

interface NoticesProps {
  readonly state: DataPanelState;
  /** Why a row could not be shown. */
  readonly problem: string | undefined;
  readonly onReload: () => void;
  readonly onShowLog: () => void;
  readonly onCloseProblem: () => void;
}

/** Notices above the page. They stay in view, because a link far below may have failed. */
export function Notices({ state, problem, onReload, onShowLog, onCloseProblem }: NoticesProps): JSX.Element {
  const { work, changed, files } = state;
  const reloadable = canReload(files, changed);
  const failures =
    work.type === 'done' ? work.facts.files.flatMap(file => ('message' in file ? [file.message] : [])) : [];
  return (
    <div class="notices">
      {changed.length > 0 && (
        <div class="notice" role="status" data-testid="changed">
          <span>{changeWords(changed, reloadable)}</span>
          {reloadable && (
            <vscode-button data-testid="reload" onClick={onReload}>
              Reload
            </vscode-button>
          )}
        </div>
      )}
      {work.type === 'cancelled' && (
        <div class="notice" role="status" data-testid="cancelled">
          <span>Reading was cancelled, so little is known of the files.</span>
          <vscode-button data-testid="read-again" onClick={onReload}>
            Read Again
          </vscode-button>
        </div>
      )}
      {work.type === 'failed' && (
        <div class="notice notice-error" role="alert" data-testid="work-failure">
          <span>{work.message}</span>
          <vscode-button onClick={onReload}>Try Again</vscode-button>
          <vscode-button appearance="secondary" onClick={onShowLog}>
            Show Log
          </vscode-button>
        </div>
      )}
      {problem !== undefined && (
        <div class="notice notice-error" role="alert" data-testid="link-failure">
          <span>{problem}</span>
          <vscode-button appearance="secondary" onClick={onCloseProblem}>
            Close
          </vscode-button>
        </div>
      )}
      {[...state.problems, ...failures].map(message => (
        <p key={message} class="notice notice-error" data-testid="file-failure">
          {message}
        </p>
      ))}
    </div>
  );
}
