// What the results say, as Markdown that reads well in a terminal.
import { ratios, summary, usualEpoch } from './lib/statistics.mjs';
import { figures, megabytes, percent, table, whole } from './lib/table.mjs';
import { goals, nameOf } from './plan.mjs';

const KERAS = 'Keras, the notebook';
const TORCH = 'PyTorch, its example';

/** All of it. `data` is what results.json holds. */
export function report(data) {
  const view = lookAt(data);
  const sections = [
    machine(data),
    ratioSection(view),
    profile(view),
    trainings(view),
    timeToReach(view),
    curves(view),
    memory(view),
    standstills(data),
    leftOut(data),
  ];
  return `# Digits beside its peers\n\n${sections.filter(Boolean).join('\n\n')}\n`;
}

/** What is plotted: accuracy on the test images against seconds, of each preset and of the peers' epochs. */
export function series(data) {
  const { groups, keras, torch, k1 } = lookAt(data);
  return [
    ...groups.map(({ name, runs }) => ({
      name,
      line: false,
      points: runs.map(({ seconds, accuracy }) => ({ seconds, accuracy })),
    })),
    ...(keras ? [{ name: KERAS, line: true, points: epochPoints(keras, k1) }] : []),
    ...(torch ? [{ name: TORCH, line: true, points: epochPoints(torch) }] : []),
  ];
}

/** The results by what they are of: `groups` are Digits's trainings that differ in their seed only. */
function lookAt({ parts }) {
  const groups = new Map();
  for (const run of Object.values(parts).filter(part => 'preset' in part))
    groups.set(nameOf(run), [...(groups.get(nameOf(run)) ?? []), run]);
  return {
    parts,
    keras: parts.keras,
    torch: parts.torch,
    k1: parts.keras && usualEpoch(parts.keras.epochs.map(busySeconds)),
    groups: [...groups].map(([name, runs]) => ({ name, runs })),
  };
}

/** An epoch of Keras without the half a minute that Keras 2 idles at the end of some. */
const busySeconds = ({ trainSeconds, validationSeconds }) => trainSeconds + validationSeconds;

/** Accuracy after each epoch; with `usual`, each epoch counts so many seconds. */
function epochPoints({ epochs }, usual) {
  let seconds = 0;
  return epochs.map(epoch => ({ seconds: (seconds += usual ?? epoch.seconds), accuracy: epoch.accuracy }));
}

function machine({ identity, date, parts }) {
  const versions = Object.assign(
    {},
    ...[parts.steps, parts.csv, ...Object.values(parts.speed ?? {}), parts.keras, parts.torch].map(
      part => part?.versions,
    ),
  );
  const { processor, cores, memory: size, system, node, digits, build } = identity;
  const named = {
    library: 'engine',
    tfjs: 'tfjs',
    keras: 'Keras',
    tensorflow: 'TensorFlow in Python',
    torch: 'PyTorch',
    pandas: 'pandas',
  };
  const others = Object.entries(named)
    .filter(([key]) => versions[key])
    .map(([key, name]) => `${name} ${versions[key]}`);
  return `${date}; ${processor}, ${cores} cores, ${size}; ${system}; Node ${node}\nDigits ${digits} (build ${build}); ${others.join('; ')}`;
}

const times = values => {
  const { median, min, max, count } = summary(values);
  return [figures(median), `${figures(min)} – ${figures(max)}`, count];
};

function ratioSection({ parts }) {
  const rows = [];
  const add = (what, values) =>
    values?.every(Number.isFinite) && values.length > 0 && rows.push([what, ...times(values)]);
  const { csv, steps, speed } = parts;
  if (csv?.seconds.pandas) add('Reading train.csv, beside pandas', ratios(csv.seconds.pandas, csv.seconds.digits));
  for (const { what, ratios: found } of steps?.ratios ?? []) add(what, found);
  for (const [key, name] of [
    ['keras', 'Keras'],
    ['tfjs', "tfjs's fit, which does not augment"],
  ]) {
    if (!speed?.[key]) continue;
    add(
      `Training the notebook's network, images a second beside ${name}`,
      ratios(speed.digits.training, speed[key].training),
    );
    add(
      `Predicting with it, images a second beside ${name.split(',')[0]}`,
      ratios(speed.digits.prediction, speed[key].prediction),
    );
  }
  if (rows.length === 0) return '';
  const seconds =
    csv &&
    Object.entries(csv.seconds)
      .map(([name, values]) => `${name} ${figures(summary(values).median)} s`)
      .join(', ');
  const share =
    steps?.augmentation &&
    `Augmenting a batch takes ${percent(summary(steps.augmentation).median, 1)} of its training step.`;
  const notes = [seconds && `Reading train.csv: ${seconds}.`, share].filter(Boolean).join(' ');
  return `## How many times as fast as its peers\n\n${table(['Digits', 'median', 'range', 'rounds'], rows)}\n\n${notes}`;
}

function profile({ parts: { steps } }) {
  if (!steps?.profile) return '';
  return `## Where a training step of the notebook preset spends its time

${table(
  ['operations', 'share of the step'],
  steps.profile.map(({ what, share }) => [what, percent(share, 1)]),
)}

Each operation by itself. As one graph TensorFlow merges some and runs others side by side, so that all of them are more than the step.`;
}

const speedCell = values => {
  const known = values.filter(Number.isFinite);
  return known.length > 0 ? whole(summary(known).median) : undefined;
};

function trainings({ parts, groups, keras, torch, k1 }) {
  const ofDigits = groups.map(({ name, runs }) => {
    const accuracy = summary(runs.map(run => run.accuracy));
    const seconds = summary(runs.map(run => run.seconds)).median;
    const peak = Math.max(...runs.map(run => run.peakMemory));
    return [
      name,
      runs.length,
      percent(accuracy.median),
      percent(accuracy.mean, 3),
      `${percent(accuracy.min)} – ${percent(accuracy.max)}`,
      figures(seconds),
      k1 && figures(seconds / k1),
      speedCell(runs.map(run => run.imagesPerSecond)),
      speedCell(runs.map(run => run.prediction.imagesPerSecond)),
      Number.isFinite(peak) ? megabytes(peak) : undefined,
    ];
  });
  const ofPeers = [
    [KERAS, keras, k1],
    [TORCH, torch],
  ]
    .filter(([, part]) => part)
    .map(([name, part, usual]) => {
      const { seconds, accuracy } = epochPoints(part, usual).at(-1);
      return [
        `${name}, ${part.epochs.length} epochs`,
        1,
        percent(accuracy),
        undefined,
        undefined,
        figures(seconds),
        k1 && figures(seconds / k1),
        speedCell(part.epochs.map(epoch => epoch.trainImages / epoch.trainSeconds)),
        speedCell(part.epochs.map(epoch => epoch.predictImages / epoch.predictSeconds)),
        part.peakMemory && megabytes(part.peakMemory),
      ];
    });
  // Only timed in turns.
  const timed = [['tfjs, its own fit', 'tfjs'], ...(torch ? [] : [[TORCH, 'torch']])]
    .filter(([, key]) => parts.speed?.[key])
    .map(([name, key]) => [
      name,
      ...Array(6),
      speedCell(parts.speed[key].training),
      speedCell(parts.speed[key].prediction),
      undefined,
    ]);
  const rows = [...ofDigits, ...ofPeers, ...timed];
  if (rows.length === 0) return '';
  const unit = k1 === undefined ? '' : `${explainK1(keras, k1)} `;
  const header = [
    '',
    'seeds',
    'median',
    'mean',
    'range',
    's',
    'K1',
    'training, images/s',
    'prediction, images/s',
    'peak memory',
  ];
  return `## Trainings, by the accuracy on test images that none has seen

${table(header, rows)}

${unit}Times are of training alone; reading the data is apart. Memory is of all processes.
PyTorch's example is a network of its own, trained on all rows without augmentation.`;
}

function explainK1({ epochs }, k1) {
  const idle = epochs.filter(epoch => epoch.seconds - busySeconds(epoch) > 0.1 * k1).length;
  return `K1 is the wall time of one epoch of the notebook in Keras, augmentation and validation included: ${figures(k1)} s here, the
${epochs.length < 4 ? 'shortest' : 'lower quartile'} of ${epochs.length}, without what Keras 2 idles at the end of an epoch (${idle} of them), and so are the times of Keras.`;
}

function timeToReach({ groups, keras, torch, k1 }) {
  const cell = seconds => `${figures(seconds)} s${k1 ? ` = ${figures(seconds / k1)} K1` : ''}`;
  const rows = [
    ...groups.map(({ name, runs }) => [
      name,
      ...goals.map(goal => {
        const reached = runs.filter(({ accuracy }) => accuracy >= goal);
        if (reached.length === 0) return undefined;
        const time = cell(summary(reached.map(({ seconds }) => seconds)).median);
        return reached.length === runs.length ? time : `${time} (${reached.length} of ${runs.length} seeds)`;
      }),
    ]),
    ...[
      [KERAS, keras, k1],
      [TORCH, torch],
    ]
      .filter(([, part]) => part)
      .map(([name, part, usual]) => [
        name,
        ...goals.map(goal => {
          const points = epochPoints(part, usual);
          const epoch = points.findIndex(({ accuracy }) => accuracy >= goal);
          return epoch < 0 ? undefined : `${cell(points[epoch].seconds)} (epoch ${epoch + 1})`;
        }),
      ]),
  ];
  if (rows.length === 0) return '';
  return `## Time to reach an accuracy\n\n${table(['', ...goals.map(goal => percent(goal, 1))], rows)}\n\nA training of Digits counts as a whole: its accuracy is known at its end. Dashes: not reached.`;
}

/** Both set the same 4,200 rows aside with the notebook's seed, so their curves are of the same images. */
function curves({ groups, keras }) {
  const ours = groups
    .flatMap(({ runs }) => runs)
    .filter(({ preset, seed }) => preset === 'notebook' && seed === 2)
    .toSorted((a, b) => b.epochs.length - a.epochs.length)[0];
  if (!ours || !keras) return '';
  const rows = Array.from({ length: Math.max(ours.epochs.length, keras.epochs.length) }, (_, i) => {
    const [digits, peer] = [ours.epochs[i], keras.epochs[i]];
    return [
      i + 1,
      digits && percent(digits.valAccuracy),
      peer && percent(peer.valAccuracy),
      peer && percent(peer.accuracy),
      digits && figures(digits.seconds),
      peer && figures(peer.seconds),
    ];
  });
  return `## The notebook preset beside Keras, epoch by epoch\n\n${table(['epoch', 'Digits, validation', 'Keras, validation', 'Keras, test', 'Digits, s', 'Keras, s'], rows)}`;
}

/** The most bytes in the first and the last epochs: equal where nothing is left behind. */
function memory({ groups, keras, torch }) {
  const all = [...groups.map(({ name, runs }) => [name, runs[0]]), [KERAS, keras], [TORCH, torch]];
  const rows = all
    .filter(([, part]) => part?.epochs.length > 1 && part.epochs.every(epoch => epoch.memory))
    .map(([name, { epochs }]) => {
      const at = index => megabytes(epochs.at(index).memory);
      return [name, at(0), at(1), at(Math.floor(epochs.length / 2)), at(-1), epochs.length];
    });
  return rows.length > 0
    ? `## Memory over epochs\n\n${table(['', 'first', 'second', 'middle', 'last', 'epochs'], rows)}`
    : '';
}

function standstills({ parts }) {
  const names = Object.entries(parts)
    .filter(([, part]) => part.stoodStill)
    .map(([key, { stoodStill }]) => `${key} (${figures(stoodStill)} s)`);
  return names.length > 0
    ? `The machine stood still for a while during these, whose times are therefore too long: ${names.join('; ')}.`
    : '';
}

function leftOut({ identity, parts, leftOut: names }) {
  const all = [...names, ...(parts.speed?.failed ?? []).map(name => `images a second of ${name}, which failed`)];
  if (all.length === 0) return '';
  return `Left out: ${all.join('; ')}.${identity.mode === 'short' ? ' `npm run bench -- --full` takes hours and measures more.' : ''}`;
}
