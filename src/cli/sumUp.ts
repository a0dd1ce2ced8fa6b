import { count } from '../core/text';

/** So many rows with the same fault are listed one by one. */
const FEW = 2;
const place = /, row (\d+) \(line \d+\)/;

/** Sentences about rows, with those that say the same of many rows as one, in the order of their first rows. */
export function sumUp(messages: readonly string[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const message of messages) {
    const fault = message.replace(place, '');
    const group = groups.get(fault);
    if (group) group.push(message);
    else groups.set(fault, [message]);
  }
  return [...groups.values()].flatMap(group => {
    const last = place.exec(group.at(-1)!)?.[1];
    if (group.length <= FEW || last === undefined) return group;
    return [`${group[0]!} The same holds of ${count(group.length - 1)} more rows, up to row ${count(Number(last))}.`];
  });
}
