import { useState } from 'preact/hooks';
import type { ComponentChildren, JSX, RefObject } from 'preact';
import type { PixelFormat } from '../../src/core/csv/pixelFormat';
import type { IndexProgress } from '../../src/protocol/imagePage';
import { count, plural } from '../../src/core/text';
import { ProgressBar } from '../shared/progressBar';
import type { TextFieldElement } from '../shared/ui';
import { parseRow } from './parseRow';

interface ToolbarProps {
  readonly file: string;
  readonly format: PixelFormat;
  readonly index: IndexProgress;
  readonly zoom: number;
  readonly invert: boolean;
  readonly isFiltering: boolean;
  /** A note about the last "Go to Row", if any. */
  readonly note: string | undefined;
  readonly goToRow: RefObject<TextFieldElement | null>;
  /** 0: the usual zoom. */
  readonly onZoom: (direction: 1 | 0 | -1) => void;
  readonly onInvert: () => void;
  readonly onFilter: () => void;
  readonly onGo: (row: number) => void;
  /** Returns the focus from the text field to the images. */
  readonly onLeave: () => void;
  /** More actions. */
  readonly children: ComponentChildren;
}

/** The file's name and size, and the view options. */
export function Toolbar(props: ToolbarProps): JSX.Element {
  const { format, index } = props;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const building = index.share < 1;

  const go = (): void => {
    const row = parseRow(text, index.rows, building);
    if (typeof row === 'string') return setProblem(row);
    setProblem(undefined);
    props.onGo(row);
  };

  return (
    <header class="toolbar">
      <div class="toolbar-line">
        <h1 class="toolbar-title">{props.file}</h1>
        <span class="muted numbers" data-testid="preview-summary">
          {building ? `${count(index.rows)} images so far` : plural(index.rows, 'image')}, {format.side}×{format.side}
          {format.kind === 'test' && ', without labels'}
        </span>
        <span class="toolbar-gap" />
        <form
          class="toolbar-group"
          onSubmit={event => {
            event.preventDefault();
            go();
          }}
        >
          <vscode-text-field
            ref={props.goToRow}
            class="go-to-row"
            aria-label="Row to go to"
            title="Row to go to (G)"
            placeholder="Row"
            size={8}
            value={text}
            data-testid="go-to-row"
            onInput={event => {
              setText((event.currentTarget as TextFieldElement).value);
              setProblem(undefined);
            }}
            onKeyDown={event => {
              if (event.key === 'Enter') go();
              else if (event.key === 'Escape') props.onLeave();
            }}
          />
          <vscode-button appearance="secondary" onClick={go}>
            Go
          </vscode-button>
        </form>
        <div class="toolbar-group" role="group" aria-label="Zoom">
          <vscode-button
            appearance="secondary"
            aria-label="Smaller images"
            title="Smaller images (−)"
            onClick={() => props.onZoom(-1)}
          >
            −
          </vscode-button>
          <vscode-button
            appearance="secondary"
            aria-label={`Zoom ${props.zoom}; back to the usual one`}
            title="Usual zoom (0)"
            data-testid="zoom"
            onClick={() => props.onZoom(0)}
          >
            {props.zoom}×
          </vscode-button>
          <vscode-button
            appearance="secondary"
            aria-label="Larger images"
            title="Larger images (+)"
            onClick={() => props.onZoom(1)}
          >
            +
          </vscode-button>
        </div>
        <vscode-button
          appearance="secondary"
          aria-pressed={props.invert ? 'true' : 'false'}
          title="White ink on black paper (I)"
          data-testid="invert"
          onClick={props.onInvert}
        >
          Invert
        </vscode-button>
        <vscode-button
          appearance="secondary"
          aria-pressed={props.isFiltering ? 'true' : 'false'}
          title={props.isFiltering ? 'Close the filter and show all rows (F)' : 'Show only some rows (F)'}
          data-testid="filter"
          onClick={props.onFilter}
        >
          Filter
        </vscode-button>
        {props.children}
      </div>
      {problem !== undefined && (
        <p class="toolbar-problem" role="alert">
          {problem}
        </p>
      )}
      {problem === undefined && props.note !== undefined && (
        <p class="toolbar-note" role="status" data-testid="go-note">
          {props.note}
        </p>
      )}
      {building && <ProgressBar share={index.share} label="Finding the rows of the file" />}
    </header>
  );
}
