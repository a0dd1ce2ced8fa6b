import { overrideHelp } from '../core/overrides';

export const commands = ['inspect', 'train', 'submit', 'evaluate', 'export', 'runs', 'engine'] as const;
export type Command = (typeof commands)[number];

const folder = '  FOLDER           a folder with train.csv and test.csv';
const runs = '  --runs DIR       keeps and looks for runs in DIR too, for a FOLDER that may only be read';
const json = '  --json           one JSON object a line on standard output';
const help = '  -h, --help       this text';

const widest = Math.max(...overrideHelp.map(([name]) => name.length));
/** A line for each name that `--set` takes. */
const values = overrideHelp.map(([name, what]) => `  ${name.padEnd(widest)}  ${what}`).join('\n');

/** What `--help` prints. */
export const usage: Readonly<Record<Command | 'digits', string>> = {
  digits: `Trains a digit classifier on a folder with train.csv and test.csv.

Usage: digits COMMAND FOLDER [options]

Commands:
  inspect          says what the files are and which rows can't be read
  train            trains a network and keeps it in FOLDER/.digits/runs
  submit           predicts test.csv and writes submission.csv
  evaluate         says how a trained network does on a labelled file
  export           writes a trained network as a web page and files to use elsewhere
  runs             lists the trained networks
  engine           says what computes and how fast; needs no FOLDER

"digits COMMAND --help" tells more of each.`,
  inspect: `Says what the pixel CSVs in a folder are, how many images they hold and which rows can't be read.

Usage: digits inspect FOLDER [--json]

${folder}
${json}
${help}`,
  train: `Trains a network on train.csv and keeps its weights in FOLDER/.digits/runs: those of the last epoch,
or with the preset notebook those of the epoch with the highest validation accuracy.

Usage: digits train FOLDER [options]

${folder}
  --preset P       how to train: quick, balanced (the default), best or notebook
  --epochs N       how many times over the data, for each network; default: the preset's
  --seed N         a whole number from 0 that fixes all chance; default: 2
  --engine E       auto, native or portable; default: auto
  --limit ROWS     only the first so many rows, for a quick try
  --set NAME=VALUE a value of your own in place of the preset's; any number of times
  --all-rows       sets no images aside for validation; the accuracy is not known then
  --skip-bad-rows  trains without the rows that can't be read, where they are no more than half;
                   without it, a file that has any is refused
  --unlabelled U   what to do with rows whose label is -1: skip, or class to train them as one;
                   without it, a file that has any among other labels is refused
  --resume ID      goes on with a run that was stopped, from its last finished epoch;
                   takes none of the options above
${runs}
${json}
${help}

Names for --set:
${values}

Ctrl-C ends the training; finished epochs are kept, and --resume goes on. So it is where
standard output is closed, as by "| head", with the exit code 141, or can't be written, with 1.
A hang-up does the same, but not under nohup. Where no terminal is at hand and nothing tells of
nohup, as in a service, it does too.`,
  submit: `Predicts test.csv with a trained network and writes a submission for Kaggle.

Usage: digits submit FOLDER [options]

${folder}
  --run ID         which run's network; default: the newest that has one
  --out FILE       where to write, - for standard output; default: FOLDER/submission.csv, which is replaced
${runs}
${json}
${help}`,
  evaluate: `Says how a trained network does on a labelled file: accuracy, confusion matrix and mistakes.

Usage: digits evaluate FOLDER FILE [options]

${folder}
  FILE             a pixel CSV with labels, named from here or within FOLDER
  --run ID         which run's network; default: the newest that has one
${runs}
${json}
${help}

The result is kept with the run, and its panel in the editor shows it.`,
  export: `Writes a trained network as a folder that needs no Digits: a web page to draw on, a script for Node and a TensorFlow.js model.

Usage: digits export FOLDER [options]

${folder}
  --run ID         which run's network; default: the newest that has one
  --out DIR        an empty folder, a new one or an earlier export; default: FOLDER/exported-ID
${runs}
${json}
${help}`,
  engine: `Says which engine computes here, how fast it trains, how the other one does beside it, and how to get the faster one.

Usage: digits engine [options]

  --engine E       what is asked for: auto, native or portable; default: auto
${json}
${help}

Takes about five seconds.`,
  runs: `Lists the runs of a folder with their titles, newest first.

Usage: digits runs FOLDER [options]

${folder}
${runs}
${json}
${help}`,
};
