// classify.mjs of an exported folder: predicts the rows of a pixel CSV. It needs Node and nothing else.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readPixelFile } from '../store/pixelFile/readPixelFile';
import { fitImages, fitted } from '../core/data/fitImages';
import { layoutOf } from '../core/data/layout';
import { orientationNotes, predictInParts } from '../core/data/orientation';
import { DigitsError, toErrorData } from '../core/errors';
import { sentence } from '../core/sentence';
import { argMax } from '../core/metrics';
import { closedExitCode, StandardOutput } from '../store/standardOutput';
import { count, percent } from '../core/text';
import { loadNetwork } from './network';

const batch = 64;
const output = new StandardOutput();
const usage = `Predicts the images of a pixel CSV and prints a line for each.

Usage: node classify.mjs FILE.csv [--probabilities]

  --probabilities  the probability of every class, not only of the one predicted`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { probabilities: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (values.help || file === undefined || positionals.length > 1) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const { model, predict } = await loadNetwork();
  const { side, trainedOn, classes } = model.info;
  const { format, pixels, maxPixel, rowNumbers, labels, problems } = await readPixelFile(file);
  if (format.side !== side)
    throw new DigitsError(
      'mismatch',
      sentence`${path.basename(file)} has images of ${format.side}x${format.side} pixels and this network takes ${side}x${side}; choose another file.`,
    );
  if (problems[0]) throw new DigitsError('bad-row', problems[0].message);
  const names = { file: path.basename(file), network: 'this network' };
  const fit = fitImages(trainedOn, layoutOf(pixels, side, maxPixel), rowNumbers.length, names);
  const seen = fitted(pixels, fit);
  const size = side * side;
  const predictPixels = (some: Uint8Array): Promise<Float32Array> =>
    predict(Float32Array.from(some, value => value / fit.ink));
  const lying = await orientationNotes(seen, side, classes.length, names, some =>
    predictInParts(some, size, batch, predictPixels),
  );
  for (const note of [...fit.notes, ...lying]) process.stderr.write(`${note}\n`);

  print([
    'row',
    ...(labels ? ['label'] : []),
    'predicted',
    ...(values.probabilities ? classes.map(label => `p${label}`) : ['probability']),
  ]);
  const showsBar = process.stderr.isTTY && process.env['TERM'] !== 'dumb';
  let right = 0;
  for (let first = 0; first < rowNumbers.length; first += batch) {
    const last = Math.min(first + batch, rowNumbers.length);
    const probabilities = await predictPixels(seen.subarray(first * size, last * size));
    argMax(probabilities, classes.length).forEach((best, i) => {
      const own = probabilities.subarray(i * classes.length, (i + 1) * classes.length);
      const label = labels?.[first + i];
      if (label === classes[best]) right++;
      print([
        rowNumbers[first + i]!,
        ...(label === undefined ? [] : [label]),
        classes[best]!,
        ...[...(values.probabilities ? own : [own[best]!])].map(value => value.toFixed(6)),
      ]);
    });
    output.failed.throwIfAborted();
    if (showsBar) process.stderr.write(`\r${count(last)} of ${count(rowNumbers.length)} images`);
  }
  await output.flushed();
  output.failed.throwIfAborted();
  if (showsBar) process.stderr.write('\r\x1b[K');
  if (labels)
    process.stderr.write(
      `${count(right)} of ${count(rowNumbers.length)} right (${percent(right / rowNumbers.length)})\n`,
    );
}

function print(values: readonly (string | number)[]): void {
  output.write(`${values.join(',')}\n`);
}

main().catch(async (error: unknown) => {
  const failure = await output.flushed();
  process.exitCode = failure?.isClosed ? closedExitCode : 1;
  if (failure?.isClosed) return;
  process.stderr.write(
    `${failure ? failure.error.message : error instanceof TypeError && 'code' in error ? error.message : toErrorData(error).message}\n`,
  );
});
