import { DigitsError } from '../../core/errors';

/** Rows that a sentence names. */
const NAMED = 3;

/**
 * The class of each image, as an index into `classes`, the labels that a network knows. Throws `mismatch` where a file has
 * a label that is none of them. `name`: the file's, for messages; `runId`: the run's.
 */
export function knownLabels(
  labels: Int32Array,
  rowNumbers: Uint32Array,
  classes: readonly number[],
  name: string,
  runId: string,
): Uint16Array {
  const classOf = new Map(classes.map((label, index) => [label, index]));
  const unknown = new Map<number, number[]>();
  labels.forEach((label, image) => {
    if (classOf.has(label)) return;
    const rows = unknown.get(label) ?? [];
    rows.push(rowNumbers[image]!);
    unknown.set(label, rows);
  });
  if (unknown.size > 0) throw new DigitsError('mismatch', sentence(unknown, name, runId));
  return Uint16Array.from(labels, label => classOf.get(label)!);
}

function sentence(unknown: ReadonlyMap<number, readonly number[]>, name: string, runId: string): string {
  const described = [...unknown].slice(0, NAMED).map(([label, rows]) => {
    const more = rows.length > NAMED ? ' and others' : '';
    return `${label} (${rows.length === 1 ? 'row' : 'rows'} ${rows.slice(0, NAMED).join(', ')}${more})`;
  });
  const more = unknown.size > NAMED ? ` and ${unknown.size - NAMED} more` : '';
  const what = unknown.size === 1 ? 'the label' : 'the labels';
  return `${name} has ${what} ${described.join(', ')}${more}, which run ${runId} was not trained on; choose a run that knows them, or take these rows out of the file.`;
}
