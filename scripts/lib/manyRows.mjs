// Pixel CSVs of any number of rows, for what has to do with size: the rows of another one over and over, each time a
// little different.
import fs from 'node:fs/promises';

const PART = 1 << 23;
const [LF, COMMA, ZERO, ONE] = [10, 44, 48, 49];

/**
 * Writes a CSV of so many rows, header apart, with the header and the rows of `source`; 8 MB of it are in memory at a time.
 * What is written again has one pixel of another value, so that the same image comes once in a hundred rounds.
 */
export async function writeManyRows(source, target, rows) {
  const text = await fs.readFile(source);
  const starts = lineStarts(text);
  const header = text.subarray(0, starts[0]);
  const lines = starts.length - 1;
  const places = Int32Array.from({ length: lines }, (_, line) => changeable(text, starts[line], starts[line + 1]));
  // A part goes one line over its end.
  const part = Buffer.allocUnsafe(PART + longest(starts));
  const file = await fs.open(target, 'w');
  try {
    let filled = header.copy(part);
    for (let row = 0; row < rows; row++) {
      const line = row % lines;
      const at = filled;
      filled += text.copy(part, at, starts[line], starts[line + 1]);
      if (places[line] >= 0) addTo(part, at + places[line], Math.floor(row / lines) % 100);
      if (filled < PART && row + 1 < rows) continue;
      await file.writeFile(part.subarray(0, filled));
      filled = 0;
    }
  } finally {
    await file.close();
  }
}

/** Where each line after the header begins, and where the last one ends; each ends with a line feed. */
function lineStarts(text) {
  const starts = [];
  for (let at = text.indexOf(LF); at >= 0; at = text.indexOf(LF, at + 1)) starts.push(at + 1);
  return starts;
}

function longest(starts) {
  return starts.reduce((most, start, at) => Math.max(most, start - (starts[at - 1] ?? 0)), 0);
}

/** The last two digits of a pixel from 100 to 199, counted from the start of the line; -1 where there is none. */
function changeable(text, start, end) {
  for (let at = text.indexOf(COMMA, start); at >= 0 && at + 4 < end; at = text.indexOf(COMMA, at + 1)) {
    if (
      text[at + 1] === ONE &&
      text[at + 3] >= ZERO &&
      text[at + 2] >= ZERO &&
      (text[at + 4] === COMMA || text[at + 4] === LF)
    )
      return at + 2 - start;
  }
  return -1;
}

/** Adds to a number of two digits; what is over 99 is dropped. */
function addTo(text, at, more) {
  const value = ((text[at] - ZERO) * 10 + text[at + 1] - ZERO + more) % 100;
  text[at] = ZERO + Math.floor(value / 10);
  text[at + 1] = ZERO + (value % 10);
}
