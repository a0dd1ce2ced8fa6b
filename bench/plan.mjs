// What `npm run bench` measures: a line here is a measurement there.

/**
 * Trainings of Digits, each of which then predicts the test file. `minutes` is about what one takes on two cores.
 * `args` are more arguments of `digits train`.
 */
const quick = { preset: 'quick', minutes: 0.2 };
const balanced = { preset: 'balanced', minutes: 0.5 };
const balancedAll = { preset: 'balanced', args: ['--all-rows'], minutes: 0.5 };
const balancedFour = { preset: 'balanced', args: ['--epochs', '4'], minutes: 0.3 };
const balancedFourAll = { preset: 'balanced', args: ['--epochs', '4', '--all-rows'], minutes: 0.3 };
// What an augmentation and an average of the weights bring: nothing stays that does not pay.
const balancedWithoutElastic = { preset: 'balanced', args: ['--set', 'elastic=0'], minutes: 0.5 };
const balancedAveraged = { preset: 'balanced', args: ['--set', 'emaDecay=0.99'], minutes: 0.5 };
const best = { preset: 'best', minutes: 5.7 };
const bestOfOne = { preset: 'best', args: ['--set', 'networks=1'], minutes: 1.9 };
const bestOfSix = { preset: 'best', args: ['--epochs', '12', '--set', 'networks=6'], minutes: 5.7 };
const portableQuick = { preset: 'quick', args: ['--engine', 'portable'], minutes: 0.5 };
const portableBalanced = { preset: 'balanced', args: ['--engine', 'portable'], minutes: 1.8 };
const notebook = { preset: 'notebook', minutes: 2.6 };
const notebookOnce = { preset: 'notebook', args: ['--epochs', '1'], minutes: 0.6 };

const seeds = (training, ...numbers) => numbers.map(seed => ({ ...training, seed }));

export const plans = {
  /** Under ten minutes on two cores. */
  short: {
    stepRounds: 3,
    csvRounds: 5,
    speed: { rounds: 3, trainRows: 3000, testRows: 1500 },
    kerasEpochs: 2,
    torchEpochs: 0,
    trainings: [...seeds(quick, 1, 2, 3), ...seeds(balanced, 1), ...seeds(portableQuick, 1), ...seeds(notebookOnce, 2)],
    leftOut: [
      'the preset best',
      'training on all rows',
      "the notebook's 5 epochs and Keras's 30",
      "PyTorch's training to its end",
      'more than one seed of presets that take longer than a minute',
    ],
  },
  /** Hours. The notebook's seed is 2: with it the validation rows are the same as Keras's. */
  full: {
    stepRounds: 7,
    csvRounds: 9,
    speed: { rounds: 7, trainRows: 8000, testRows: 8000 },
    kerasEpochs: 30,
    torchEpochs: 5,
    trainings: [
      ...seeds(best, 1, 2, 3),
      ...seeds(bestOfSix, 1, 2, 3),
      ...seeds(bestOfOne, 1),
      ...seeds(quick, 1, 2, 3, 4, 5),
      ...seeds(balancedFour, 1, 2, 3),
      ...seeds(balancedFourAll, 1, 2, 3),
      ...seeds(balanced, 1, 2, 3, 4, 5),
      ...seeds(balancedAll, 1, 2, 3),
      ...seeds(balancedWithoutElastic, 1, 2, 3),
      ...seeds(balancedAveraged, 1, 2, 3),
      ...seeds(portableQuick, 1, 2, 3),
      ...seeds(portableBalanced, 1, 2, 3),
      ...seeds(notebook, 1, 2, 3),
    ],
    leftOut: [],
  },
  /** Everything once, on a few rows: whether it runs, not what it gives. */
  try: {
    rows: { trainRows: 1500, testRows: 500 },
    stepRounds: 1,
    csvRounds: 2,
    speed: { rounds: 2, trainRows: 700, testRows: 300 },
    kerasEpochs: 2,
    torchEpochs: 2,
    trainings: [...seeds(quick, 1, 2), ...seeds({ ...notebook, args: ['--epochs', '2'] }, 2)],
    leftOut: ['all but a few rows: these figures mean nothing'],
  },
};

/** What a training is called in tables: the preset and its arguments. */
export const nameOf = ({ preset, args = [] }) =>
  ['Digits', preset, ...args.map(arg => arg.replace(/^--/, ''))].join(' ');

/** The accuracies on the 28,000 that people want to reach. */
export const goals = [0.99, 0.994, 0.995, 0.996];
