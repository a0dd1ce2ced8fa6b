// Which folder may import which: ESLint holds the sources to this table, and docs/architecture.md shows it.
import { builtinModules } from 'node:module';
import path from 'node:path';

/**
 * The rooms of the sources. `folder`: a path with all below it, or with `/*` the files directly in it. `mayImport`:
 * other rooms, by their names. `packages`: the guarded packages (see {@link guarded}) that it may import.
 */
// prettier-ignore
export const rooms = [
  { name: 'core', folder: 'src/core', what: 'what digits are: CSV rows, labels, splits, metrics, presets, run records, messages; pure', mayImport: [], packages: [] },
  { name: 'protocol', folder: 'src/protocol', what: 'the messages between processes, and the RPC class', mayImport: ['core'], packages: [] },

  { name: 'store', folder: 'src/store/*', what: 'the atomic writer, what a killed writer left behind, the identity of processes', mayImport: ['core'], packages: ['node'] },
  { name: 'store/pixelFile', folder: 'src/store/pixelFile', what: 'pixel CSVs on disk: opened, read, indexed', mayImport: ['core', 'store'], packages: ['node'] },
  { name: 'store/dataSet', folder: 'src/store/dataSet', what: 'data sets in a folder, and what they hold', mayImport: ['core', 'store', 'store/pixelFile'], packages: ['node'] },
  { name: 'store/run', folder: 'src/store/run', what: 'run folders: records, checkpoints, leases, predictions', mayImport: ['core', 'store', 'store/pixelFile'], packages: ['node'] },

  { name: 'processes', folder: 'src/processes', what: 'starts and watches the training process and the workers', mayImport: ['core', 'protocol', 'store', 'store/run'], packages: ['node'] },

  { name: 'exported', folder: 'src/exported', what: 'what runs in an exported folder', mayImport: ['core', 'store', 'store/pixelFile'], packages: ['node', 'tfjs'] },

  { name: 'training/network', folder: 'src/training/network', what: 'networks as layers, their gradients, model files', mayImport: ['core', 'protocol', 'store', 'store/run'], packages: ['node', 'tfjs'] },
  { name: 'training/engine', folder: 'src/training/engine', what: 'the engines: native, portable, and the kernels of each', mayImport: ['core', 'training/network'], packages: ['node', 'tfjs'] },
  { name: 'training/distributed', folder: 'src/training/distributed', what: 'workers that share a batch, and their all-reduce', mayImport: ['core', 'protocol', 'processes', 'training/network', 'training/engine'], packages: ['node'] },
  { name: 'training/data', folder: 'src/training/data', what: 'images and labels for training and prediction', mayImport: ['core', 'protocol', 'store', 'store/pixelFile', 'store/dataSet', 'store/run', 'training/network', 'training/distributed'], packages: ['node'] },
  { name: 'training/run', folder: 'src/training/run', what: 'one run as it trains: its epochs, networks, validation, schedule and files', mayImport: ['core', 'protocol', 'store', 'store/run', 'training/network', 'training/distributed', 'training/data'], packages: ['node'] },
  { name: 'training/jobs', folder: 'src/training/jobs', what: 'what the process is asked for, a file each: train, submit, evaluate, explain, export, estimate', mayImport: ['core', 'protocol', 'exported', 'store', 'store/pixelFile', 'store/run', 'training/network', 'training/distributed', 'training/data', 'training/run'], packages: ['node'] },
  { name: 'training', folder: 'src/training/*', what: 'the entry of the training process', mayImport: ['core', 'protocol', 'training/jobs', 'training/distributed'], packages: ['node'] },

  { name: 'host', folder: 'src/host/*', what: 'log, notifications, settings, the base of what is disposed of', mayImport: ['core'], packages: ['node', 'vscode'] },
  { name: 'host/webview', folder: 'src/host/webview', what: 'what all panels share: HTML, channel, checks of messages', mayImport: ['core', 'protocol', 'store/run'], packages: ['node', 'vscode'] },
  { name: 'host/pixelFiles', folder: 'src/host/pixelFiles', what: 'a thread for each open pixel file: row index, rows on demand', mayImport: ['core', 'protocol', 'store', 'store/pixelFile', 'host'], packages: ['node', 'vscode'] },
  { name: 'host/dataSets', folder: 'src/host/dataSets', what: 'the data sets of the workspace', mayImport: ['core', 'store/dataSet', 'store/pixelFile', 'host'], packages: ['node', 'vscode'] },
  { name: 'host/runs', folder: 'src/host/runs', what: 'the list of runs and the service that trains and predicts', mayImport: ['core', 'protocol', 'processes', 'store/dataSet', 'store/run', 'host', 'host/dataSets'], packages: ['node', 'vscode'] },
  { name: 'host/inspector', folder: 'src/host/inspector', what: 'answers of the inspector, for the run panel and the preview', mayImport: ['core', 'protocol', 'host', 'host/runs'], packages: ['node', 'vscode'] },
  { name: 'host/run', folder: 'src/host/run', what: 'the run panel', mayImport: ['core', 'protocol', 'store/pixelFile', 'store/run', 'host', 'host/webview', 'host/pixelFiles', 'host/runs', 'host/inspector'], packages: ['node', 'vscode'] },
  { name: 'host/preview', folder: 'src/host/preview', what: 'the preview of a pixel file', mayImport: ['core', 'protocol', 'store/pixelFile', 'store/run', 'host', 'host/webview', 'host/pixelFiles', 'host/dataSets', 'host/runs', 'host/inspector'], packages: ['node', 'vscode'] },
  { name: 'host/data', folder: 'src/host/data', what: 'the data page and its thread', mayImport: ['core', 'protocol', 'store/dataSet', 'store/pixelFile', 'host', 'host/webview', 'host/pixelFiles', 'host/dataSets'], packages: ['node', 'vscode'] },
  { name: 'host/csvText', folder: 'src/host/csvText', what: 'hover and lenses of a CSV that is open as text', mayImport: ['core', 'store/pixelFile', 'host'], packages: ['node', 'vscode'] },
  { name: 'host/commands', folder: 'src/host/commands', what: 'the commands, a file each', mayImport: ['core', 'protocol', 'processes', 'store', 'store/pixelFile', 'store/run', 'host', 'host/dataSets', 'host/runs', 'host/run', 'host/data'], packages: ['node', 'vscode'] },
  { name: 'extension', folder: 'src/*', what: '`extension.ts` builds the services and registers them', mayImport: ['host', 'host/pixelFiles', 'host/dataSets', 'host/runs', 'host/run', 'host/preview', 'host/data', 'host/csvText', 'host/commands'], packages: ['node', 'vscode'] },

  { name: 'cli', folder: 'src/cli', what: 'the command line', mayImport: ['core', 'protocol', 'processes', 'store', 'store/dataSet', 'store/pixelFile', 'store/run'], packages: ['node'] },

  { name: 'webview/shared', folder: 'webview/shared', what: 'channel, theme, digits, grids and the inspector of all views', mayImport: ['core', 'protocol'], packages: ['preact'] },
  { name: 'webview/run', folder: 'webview/run', what: 'the run panel', mayImport: ['core', 'protocol', 'webview/shared'], packages: ['preact'] },
  { name: 'webview/preview', folder: 'webview/preview', what: 'the preview', mayImport: ['core', 'protocol', 'webview/shared'], packages: ['preact'] },
  { name: 'webview/data', folder: 'webview/data', what: 'the data page', mayImport: ['core', 'protocol', 'webview/shared'], packages: ['preact'] },
  { name: 'webview/export', folder: 'webview/export', what: 'the page of an exported folder, which is no webview', mayImport: ['core', 'exported'], packages: [] },
];

/** Packages that only some rooms may import, by what their specifiers match, each with the reason that the message gives and examples. */
export const guarded = {
  node: {
    // With the prefix or without it.
    specifier: `^(node:.*|(${builtinModules.filter(name => !name.startsWith('_')).join('|')})(/.*)?)$`,
    reason: 'This room runs in browsers too.',
    examples: ['node:fs', 'fs', 'fs/promises', 'node:test'],
  },
  vscode: { specifier: '^vscode$', reason: 'Only src/host and src/extension.ts know VS Code.', examples: ['vscode'] },
  tfjs: {
    specifier: '^@tensorflow/',
    reason: 'Only networks and engines load TensorFlow.',
    examples: ['@tensorflow/tfjs-core'],
  },
  preact: { specifier: '^preact(/|$)', reason: 'Only webviews draw.', examples: ['preact', 'preact/hooks'] },
};

/** The files of a room, as a glob. */
export const filesOf = ({ folder }) => (folder.endsWith('/*') ? `${folder}.{ts,tsx}` : `${folder}/**/*.{ts,tsx}`);

/** The room, of a file given from the root on. */
export const roomOf = file =>
  rooms.find(({ folder }) =>
    folder.endsWith('/*') ? path.posix.dirname(file) === folder.slice(0, -2) : file.startsWith(`${folder}/`),
  );

/** The rooms that a room may not import. */
export const forbiddenTo = room => rooms.filter(other => other !== room && !room.mayImport.includes(other.name));

/** The table of docs/architecture.md, as Markdown. */
export const roomsTable = () =>
  [
    '| folder | what | may import |',
    '|---|---|---|',
    ...rooms.map(({ folder, what, mayImport }) => `| \`${folder}\` | ${what} | ${mayImport.join(', ') || '–'} |`),
  ].join('\n');
