// Tables that read well in a terminal and are Markdown.

/** A Markdown table with padded columns; a column whose cells all begin with a number, or are dashes, is flush right. */
export function table(header, rows) {
  const cells = [header, ...rows].map(row => row.map(cell => String(cell ?? '–')));
  const widths = header.map((_, column) => Math.max(3, ...cells.map(row => row[column].length)));
  const right = header.map((_, column) => cells.slice(1).every(row => /^(\d|–$)/.test(row[column])));
  const line = row =>
    `| ${row.map((cell, column) => (right[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (right[column] ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

export const percent = (share, decimals = 2) => `${(share * 100).toFixed(decimals)} %`;
export const whole = value => Math.round(value).toLocaleString('en-US');
export const megabytes = bytes => `${whole(bytes / 1e6)} MB`;

/** Three figures or so: 0.123, 1.23, 12.3, 123. */
export const figures = value => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3);

/** A time as people say it: "40 s", "3 min", "2.5 h". */
export function roughly(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
