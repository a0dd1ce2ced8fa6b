import { useEffect } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import type { FileRole } from '../../src/core/data/duplicates';
import type { DataPanelHost, DataPanelState, RowPlace } from '../../src/protocol/dataPanel';
import { ProgressBar } from '../shared/progressBar';
import { BadRows } from './badRows';
import { progressTitle, summary } from './dataModel';
import { Duplicates } from './duplicates';
import { FilesTable } from './filesTable';
import { LabelCounts } from './labelCounts';
import { MeanImages } from './meanImages';
import { Notices } from './notices';

/** The user's settings of the page. */
export interface Looking {
  readonly invert: boolean;
  /** Number of duplicates and of rows shown. */
  readonly duplicates: number;
  readonly badRows: number;
}

/** Duplicates and rows shown at first, and per "Show More". */
export const FIRST_SHOWN = 20;
const MORE = 100;

interface DataViewProps {
  readonly state: DataPanelState;
  readonly looking: Looking;
  readonly problem: string | undefined;
  readonly onLook: (looking: Looking) => void;
  readonly onReload: () => void;
  readonly onCancel: () => void;
  readonly onShowLog: () => void;
  readonly onCloseProblem: () => void;
  readonly onPreview: (role: FileRole) => void;
  readonly onRow: (place: RowPlace) => void;
  readonly onLine: (place: Parameters<DataPanelHost['revealLine']>[0]) => void;
}

/** The content of the data page. */
export function DataView(props: DataViewProps): JSX.Element {
  const { state, looking, onLook, onRow } = props;
  const { work } = state;
  const facts = work.type === 'done' ? work.facts : undefined;
  const { invert } = looking;

  // On the whole page: it has no text field, and nothing may have the focus.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key === 'i')
        onLook({ ...looking, invert: !invert });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [looking]);
  const invertButton = (
    <vscode-button
      appearance="secondary"
      aria-pressed={invert ? 'true' : 'false'}
      title="White ink on black paper (I)"
      data-testid="invert"
      onClick={() => onLook({ ...looking, invert: !invert })}
    >
      Invert
    </vscode-button>
  );

  return (
    <main class="data page" aria-busy={work.type === 'reading'}>
      <h1>{state.name}</h1>
      <Notices
        state={state}
        problem={props.problem}
        onReload={props.onReload}
        onShowLog={props.onShowLog}
        onCloseProblem={props.onCloseProblem}
      />
      {work.type === 'reading' && (
        <div class="work" data-testid="data-progress">
          <div class="work-words">
            <span>{progressTitle(work.progress)}</span>
            <vscode-button appearance="secondary" data-testid="cancel" onClick={props.onCancel}>
              Cancel
            </vscode-button>
          </div>
          <ProgressBar share={work.progress.share} label="Reading the files" />
        </div>
      )}
      {facts && (
        <p role="status" data-testid="data-summary">
          {summary(facts)}
        </p>
      )}
      <Section id="files" title="Files">
        <div class="scroll-x">
          <FilesTable files={state.files} facts={facts} reading={work.type === 'reading'} onPreview={props.onPreview} />
        </div>
      </Section>
      {facts && (
        <>
          <Section id="labels" title="Images of each label">
            <LabelCounts facts={facts} onRow={onRow} />
          </Section>
          <Section id="means" title="Mean image of each label" action={invertButton}>
            <MeanImages facts={facts} invert={invert} />
          </Section>
          <Section id="duplicates" title="Images that occur more than once">
            <Duplicates
              facts={facts}
              most={looking.duplicates}
              invert={invert}
              onMore={() => onLook({ ...looking, duplicates: looking.duplicates + MORE })}
              onRow={onRow}
            />
          </Section>
          <Section id="bad-rows" title="Rows that can't be read">
            <BadRows
              facts={facts}
              most={looking.badRows}
              onMore={() => onLook({ ...looking, badRows: looking.badRows + MORE })}
              onRow={onRow}
              onLine={props.onLine}
            />
          </Section>
        </>
      )}
    </main>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** Beside the title. */
  readonly action?: JSX.Element;
  readonly children: ComponentChildren;
}

function Section({ id, title, action, children }: SectionProps): JSX.Element {
  return (
    <section aria-labelledby={id}>
      <div class="section-title">
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
