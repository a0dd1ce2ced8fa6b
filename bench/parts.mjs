// The parts of `npm run bench`, in order: each measures one thing and resolves with plain data for the results.
import { inRoot } from '../scripts/lib/paths.mjs';
import { answersFile, makeData } from './lib/data.mjs';
import { submit, train, trainAndScore } from './lib/digits.mjs';
import { runJson, startJson } from './lib/jsonProcess.mjs';
import { mean } from './lib/statistics.mjs';
import { percent, roughly, whole } from './lib/table.mjs';
import { nameOf } from './plan.mjs';

const peer = name => inRoot('bench', 'peers', name);
const bundle = name => inRoot('out', 'bench', 'dist', name);
const log = line => console.log(`  ${line}`);

/**
 * The parts of a plan: `key` names its results, `minutes` is about what it takes on two cores.
 * `python` has the programs `keras` and `torch`, each undefined where there is none.
 */
export function makeParts(plan, data, python) {
  const share = plan.rows ? plan.rows.trainRows / 42_000 : 1;
  return [
    { key: 'csv', title: 'Reading train.csv', minutes: 0.08 * plan.csvRounds, run: () => readCsv(plan, data, python) },
    { key: 'steps', title: 'Single steps', minutes: 0.2 * plan.stepRounds, run: () => steps(plan, data) },
    {
      key: 'speed',
      title: 'Images a second, in turns',
      minutes: 0.5 + (plan.speed.rounds + 1) * plan.speed.trainRows * 1.4e-4,
      run: () => speed(plan, python),
    },
    ...(python.keras
      ? [
          {
            key: 'keras',
            title: `Keras, ${plan.kerasEpochs} epochs of the notebook`,
            minutes: 0.3 + plan.kerasEpochs * 1.3 * share,
            run: () => epochs(python.keras, 'keras_notebook.py', data, plan.kerasEpochs),
          },
        ]
      : []),
    ...plan.trainings.map(training => ({
      key: `${nameOf(training)} seed ${training.seed}`,
      title: `${nameOf(training)}, seed ${training.seed}`,
      minutes: 0.1 + training.minutes * share,
      run: () => digitsTraining(data, training),
    })),
    ...(python.torch && plan.torchEpochs > 0
      ? [
          {
            key: 'torch',
            title: `PyTorch's example, ${plan.torchEpochs} epochs`,
            minutes: 0.3 + plan.torchEpochs * 2.7 * share,
            run: () => epochs(python.torch, 'torch_example.py', data, plan.torchEpochs),
          },
        ]
      : []),
  ];
}

/** Reads the file with Digits and with pandas in turns, each time in a new process, as both do in use. Seconds of each. */
async function readCsv({ csvRounds }, { trainFile }, { keras }) {
  const readers = {
    digits: () => runJson(process.execPath, [bundle('readCsv.js'), trainFile]),
    ...(keras && { pandas: () => runJson(keras, [peer('read_csv.py'), trainFile]) }),
  };
  const seconds = Object.fromEntries(Object.keys(readers).map(name => [name, []]));
  let versions = {};
  // The first round has the file brought into memory.
  for (let round = 0; round <= csvRounds; round++) {
    for (const [name, read] of Object.entries(readers)) {
      const done = (await read()).events.at(-1);
      if (round > 0) seconds[name].push(done.seconds);
      versions = { ...versions, ...done.versions };
    }
  }
  log(
    Object.entries(seconds)
      .map(([name, all]) => `${name} ${mean(all).toFixed(2)} s`)
      .join(', '),
  );
  return { seconds, versions };
}

/** Parts of a training step beside what tfjs and papaparse have for them: bench/measure.ts. */
async function steps({ stepRounds }, { trainFile }) {
  const { events } = await runJson(process.execPath, [bundle('measure.js'), trainFile, String(stepRounds)], {
    onEvent: ({ line }) => line && log(line),
  });
  return {
    ratios: events.filter(({ event }) => event === 'ratio').map(({ what, ratios }) => ({ what, ratios })),
    augmentation: events.find(({ event }) => event === 'augmentation')?.shares,
    profile: events.find(({ event }) => event === 'profile')?.profile,
    versions: events.find(({ event }) => event === 'engine')?.versions,
  };
}

/**
 * Training and prediction in turns on the same few rows, so that what else the machine does hits all. The peers stay in
 * memory between their rounds and have a first one to warm up; Digits starts again each time.
 */
async function speed({ speed: { rounds, ...rows } }, { keras, torch }) {
  const small = makeData(rows);
  const peers = {
    tfjs: [process.execPath, bundle('tfjsFit.js'), small.folder],
    ...(keras && { keras: [keras, peer('keras_notebook.py'), small.folder, 'rounds'] }),
    ...(torch && { torch: [torch, peer('torch_example.py'), small.folder, 'rounds'] }),
  };
  const programs = new Map();
  const results = { digits: { training: [], prediction: [] } };
  const failed = [];
  // Whatever stops a peer, the others go on without it.
  const withPeer = (name, work) =>
    work().catch(error => {
      log(`${name} is left out: ${error.message}`);
      failed.push(name);
      programs.delete(name);
      Reflect.deleteProperty(results, name);
    });
  try {
    for (const [name, [command, ...args]] of Object.entries(peers)) {
      await withPeer(name, async () => {
        const program = startJson(command, args);
        programs.set(name, program);
        const { versions, parameters } = await program.ask();
        await program.ask('go');
        results[name] = { versions, parameters, training: [], prediction: [] };
      });
    }
    for (let round = 1; round <= rounds; round++) {
      const { run, imagesPerSecond } = await train(small.folder, { preset: 'notebook', args: ['--epochs', '2'] });
      results.digits.training.push(imagesPerSecond);
      results.digits.prediction.push((await submit(small.folder, run)).imagesPerSecond);
      for (const [name, program] of programs) {
        await withPeer(name, async () => {
          const { trainImages, trainSeconds, predictImages, predictSeconds } = await program.ask('go');
          results[name].training.push(trainImages / trainSeconds);
          results[name].prediction.push(predictImages / predictSeconds);
        });
      }
      log(
        `round ${round} of ${rounds}: ${Object.entries(results)
          .map(([name, { training }]) => `${name} ${whole(training.at(-1))}/s`)
          .join(', ')}`,
      );
    }
  } finally {
    await Promise.allSettled([...programs.values()].map(program => program.close()));
  }
  return { ...results, failed };
}

/** A peer trains and is scored after each epoch. */
async function epochs(python, script, { folder }, count) {
  const { events, peakMemory } = await runJson(python, [peer(script), folder, answersFile, String(count)], {
    onEvent: event =>
      event.event === 'epoch' &&
      log(`epoch ${event.epoch}: ${roughly(event.seconds)}, ${percent(event.accuracy)} of the test images`),
  });
  const { versions, parameters, trainingRows } = events[0];
  return { versions, parameters, trainingRows, peakMemory, epochs: events.filter(({ event }) => event === 'epoch') };
}

async function digitsTraining(data, { preset, args, seed }) {
  const result = await trainAndScore(
    data,
    { preset, args, seed },
    event =>
      event.event === 'epoch' &&
      log(
        `epoch ${event.epoch}: ${roughly(event.seconds)}${event.valAccuracy === undefined ? '' : `, ${percent(event.valAccuracy)} of the validation images`}`,
      ),
  );
  log(`${roughly(result.seconds)}, ${percent(result.accuracy)} of the test images`);
  return result;
}
