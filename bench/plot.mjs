// Accuracy against time as an SVG that reads on light and on dark.

const width = 860;
const height = 520;
const area = { left: 70, top: 24, right: width - 230, bottom: height - 60 };

// Between light and dark: they stand out from both.
const colours = ['#3b82f6', '#e8590c', '#2f9e44', '#c2255c', '#7c5cff', '#0c9aa8', '#b08900', '#868e96'];

/** A function from [low, high] on a logarithmic scale to [from, to]. */
export function logScale(low, high, from, to) {
  return value => from + ((Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))) * (to - from);
}

/** 1, 2 and 5 times the powers of ten within [low, high]. */
export function logTicks(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const factor of [1, 2, 5]) ticks.push(Number((factor * 10 ** power).toPrecision(1)));
  }
  return ticks.filter(tick => tick >= low && tick <= high);
}

const text = value => value.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
const round = value => value.toFixed(1);

/**
 * The plot of these series: `{ name, line, points: { seconds, accuracy }[] }`, the points joined with `line`. Accuracy is on
 * the scale of its logarithmic error: from 99 to 99.5 % is as far as from 98 to 99.
 */
export function plot(series) {
  const points = series.flatMap(one => one.points);
  const seconds = points.map(point => point.seconds);
  const errors = points.map(point => Math.max(1 - point.accuracy, 1e-4));
  const [least, most] = points.length > 0 ? [Math.min(...seconds) / 1.5, Math.max(...seconds) * 1.5] : [1, 1000];
  const [best, worst] =
    points.length > 0 ? [Math.min(...errors) / 1.3, Math.min(1, Math.max(...errors) * 1.2)] : [0.003, 0.1];
  const x = logScale(least, most, area.left, area.right);
  const y = logScale(best, worst, area.top, area.bottom);
  const place = ({ seconds: time, accuracy }) => [round(x(time)), round(y(Math.max(1 - accuracy, 1e-4)))];

  const accuracyTicks = [
    0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.015, 0.01, 0.008, 0.006, 0.005, 0.004, 0.003, 0.002, 0.001,
  ].filter(error => error >= best && error <= worst);
  const grid = [
    ...logTicks(least, most).map(
      tick =>
        `<path class="grid" d="M${round(x(tick))} ${area.top}V${area.bottom}"/><text x="${round(x(tick))}" y="${area.bottom + 20}" text-anchor="middle">${tick}</text>`,
    ),
    ...accuracyTicks.map(
      error =>
        `<path class="grid" d="M${area.left} ${round(y(error))}H${area.right}"/><text x="${area.left - 8}" y="${round(y(error) + 4)}" text-anchor="end">${Number((100 - error * 100).toFixed(1))}</text>`,
    ),
  ];
  const drawn = series.map(({ name, line, points: own }, i) => {
    const colour = colours[i % colours.length];
    const path =
      line && own.length > 1
        ? `<polyline points="${own.map(point => place(point).join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`
        : '';
    const marks = own.map(point => {
      const [cx, cy] = place(point);
      return `<circle cx="${cx}" cy="${cy}" r="${line ? 3 : 5}" fill="${colour}" fill-opacity="0.8"><title>${text(name)}: ${(point.accuracy * 100).toFixed(2)} % in ${point.seconds.toFixed(1)} s</title></circle>`;
    });
    const top = area.top + 14 + i * 22;
    const legend = `<circle cx="${area.right + 22}" cy="${top - 4}" r="5" fill="${colour}"/><text x="${area.right + 34}" y="${top}">${text(name)}</text>`;
    return path + marks.join('') + legend;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Accuracy on test images against seconds of training">
<style>
  .back { fill: #fff } text { fill: #333; font: 12px system-ui, sans-serif } .grid { stroke: #0002; fill: none }
  @media (prefers-color-scheme: dark) { .back { fill: #1e1e1e } text { fill: #ccc } .grid { stroke: #fff2 } }
</style>
<rect class="back" width="${width}" height="${height}"/>
${grid.join('\n')}
<text x="${(area.left + area.right) / 2}" y="${height - 18}" text-anchor="middle">seconds of training</text>
<text transform="translate(20 ${(area.top + area.bottom) / 2}) rotate(-90)" text-anchor="middle">test images right, %</text>
${drawn.join('\n')}
</svg>
`;
}
