import type { JSX } from 'preact';
import { argMax } from '../../src/core/metrics';
import { count } from '../../src/core/text';
import type { InspectorNetwork } from '../../src/protocol/inspector';
import type { PreviewHost, PreviewState, PreviewView } from '../../src/protocol/previewPanel';
import type { ImagePage } from '../../src/protocol/imagePage';
import type { Rpc } from '../../src/protocol/rpc';
import { useAnswer } from '../shared/inspector/answer';
import type { Judged } from '../shared/inspector/bars';
import { EngineNote } from '../shared/inspector/engineNote';
import { Inspector } from '../shared/inspector/inspector';
import { Unanswered } from '../shared/inspector/unanswered';
import type { PreviewRow } from './pageCache';
import type { RowList } from './rowList';

interface PreviewInspectorProps {
  readonly host: Rpc<PreviewView, PreviewHost>;
  readonly state: PreviewState;
  readonly row: number;
  /** Undefined while the row is being fetched. */
  readonly value: PreviewRow | undefined;
  /** The rows to step through. */
  readonly list: RowList;
  /** A filter is active. */
  readonly isFiltered: boolean;
  readonly invert: boolean;
  readonly asked: number;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** One image of the file, enlarged, and the prediction of the newest network of its data set. */
export function PreviewInspector({
  host,
  state,
  row,
  value,
  list,
  isFiltered,
  invert,
  asked,
  onStep,
  onClose,
}: PreviewInspectorProps): JSX.Element {
  // Asked each time the inspector opens: a training may have finished since.
  const found = useAnswer(() => host.call('network', undefined), `network ${asked}`);
  const network = found.state === 'there' ? found.value : undefined;
  const orientation = useAnswer(
    network ? () => host.call('orientation', network.runFolder) : undefined,
    `orientation ${network?.runFolder}`,
  );
  const notes = [...(network?.notes ?? []), ...(orientation.state === 'there' ? orientation.value : [])];
  // The grid has not fetched this row if it is scrolled elsewhere.
  const fetched = useAnswer(value ? undefined : () => host.call('rows', { first: row, count: 1 }), `row ${row}`);
  const shown = value ?? (fetched.state === 'there' ? onlyRow(fetched.value, state.fullInk) : undefined);
  const readable = shown && 'digit' in shown ? shown : undefined;
  const key = `${network?.runFolder} ${row}`;
  const place = { runFolder: network?.runFolder ?? '', row };
  const answer = useAnswer(network && readable ? () => host.call('probabilities', place) : undefined, key);
  const label = readable?.label;
  const index = list.indexOf(row);
  const { side } = state.format;

  return (
    <Inspector
      label="Image"
      heading="h2"
      file={state.file}
      row={row}
      imageKey={key}
      position={isFiltered ? `${count(index + 1)} of ${count(list.count)}` : `of ${count(list.count)}`}
      first={index <= 0}
      last={index >= list.count - 1}
      side={side}
      fullInk={state.fullInk}
      invert={invert}
      digit={readable?.digit}
      noImage={shown && 'problem' in shown ? <p class="no-inspector-image">{shown.problem}</p> : undefined}
      truth={label}
      classes={network?.classes ?? []}
      judged={network && answer.state === 'there' ? judge(answer.value.value, label, network) : undefined}
      questions={
        network && readable
          ? {
              occlusion: () => host.call('occlusion', place),
              neighbours: () => host.call('neighbours', place),
              revealTraining: training => host.call('revealTrainingRow', { ...place, row: training }),
            }
          : undefined
      }
      actions={() =>
        network && (
          <vscode-button
            appearance="secondary"
            data-testid="open-run"
            onClick={() => host.notify('openRun', network.runFolder)}
          >
            Open Run
          </vscode-button>
        )
      }
      asked={asked}
      onStep={onStep}
      onClose={onClose}
      onCancelQuestion={want => host.notify('cancelQuestion', want)}
    >
      {found.state !== 'there' && <Unanswered answer={found} waiting="Looking for a network…" />}
      {found.state === 'there' && !network && (
        <p class="muted" data-testid="no-network">
          No network for images of {side}×{side} pixels was trained here yet; run “Digits: Train Model”, and it says
          here what it sees.
        </p>
      )}
      {answer.state !== 'there' && <Unanswered answer={answer} waiting="Asking the network…" />}
      {network && answer.state === 'there' && (
        <>
          <p class="muted numbers" data-testid="network">
            Says the network of {network.name}
          </p>
          {notes.map(note => (
            <p key={note} data-testid="network-note">
              {note}
            </p>
          ))}
          <EngineNote engine={answer.value.engine} />
        </>
      )}
    </Inspector>
  );
}

function onlyRow({ rows, labels, pixels, problems }: ImagePage, fullInk: number): PreviewRow | undefined {
  const [problem] = problems;
  if (problem) return { problem: problem.message };
  return rows.length === 1 ? { digit: { pixels, fullInk }, label: labels?.[0] } : undefined;
}

function judge(probabilities: Float32Array, label: number | undefined, { classes }: InspectorNetwork): Judged {
  const [predicted] = argMax(probabilities, classes.length);
  const index = label === undefined ? -1 : classes.indexOf(label);
  return { label: index < 0 ? undefined : index, predicted: predicted!, probabilities };
}
