// Digits as a user has it: its command line, run to its end, with what it tells on the way.
import fs from 'node:fs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { runJson } from './jsonProcess.mjs';
import { sum } from './statistics.mjs';

const digits = (args, options) => runJson(process.execPath, [inRoot('dist', 'cli.js'), ...args, '--json'], options);

/** `digits train`. Resolves with the run, its seconds (reading apart), its epochs, images a second and memory. */
export async function train(folder, { preset, args = [], seed = 2 }, onEvent) {
  const { events, peakMemory } = await digits(['train', folder, '--preset', preset, '--seed', String(seed), ...args], {
    onEvent,
  });
  const started = events.find(({ event }) => event === 'started');
  const done = events.at(-1);
  return {
    run: done.run,
    seconds: done.seconds,
    valAccuracy: done.valAccuracy,
    parameters: started.parameters,
    trainingRows: started.trainingRows,
    epochs: epochsOf(events).map(({ epoch, seconds, valAccuracy, memory }) => ({
      epoch,
      seconds,
      valAccuracy,
      memory,
    })),
    imagesPerSecond: trainingSpeed(events),
    peakMemory,
  };
}

/** `digits submit`. Resolves with the predicted labels, images a second, and memory. */
export async function submit(folder, run) {
  const { events, peakMemory } = await digits(['submit', folder, '--run', run]);
  const { file, rows, seconds } = events.at(-1);
  return {
    labels: readAnswers(file),
    imagesPerSecond: rows / seconds,
    peakMemory,
  };
}

/** `digits evaluate`. Resolves with the accuracy on a labelled file. */
export async function evaluate(folder, run, file) {
  const { events } = await digits(['evaluate', folder, file, '--run', run]);
  return events.findLast(({ accuracy }) => accuracy !== undefined).accuracy;
}

/** Trains, predicts the test file and scores the labels by the answers, which no training sees. */
export async function trainAndScore({ folder, answers }, wanted, onEvent) {
  const { run, ...training } = await train(folder, wanted, onEvent);
  const { labels, ...prediction } = await submit(folder, run);
  return { ...wanted, ...training, accuracy: score(labels, answers), prediction };
}

/** The labels of a submission, or of the answers, in the order of the images. */
export function readAnswers(file) {
  return fs
    .readFileSync(file, 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map(line => line.split(',')[1]);
}

/** The share of labels that are right. */
export function score(labels, answers) {
  return sum(answers.map((answer, i) => Number(answer === labels[i]))) / answers.length;
}

const epochsOf = events => events.filter(({ event }) => event === 'epoch');

/** Images a second in training alone: of the last epoch, since kernels are made ready in the first. */
export function trainingSpeed(events) {
  const { trainingRows } = events.find(({ event }) => event === 'started');
  return trainingRows / epochsOf(events).at(-1).trainSeconds;
}
