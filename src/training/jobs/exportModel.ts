import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, refuseLink, writeFileAtomic, writeFilesAtomic, type FileContent } from '../../store/atomicFile';
import { readPixelFile } from '../../store/pixelFile/readPixelFile';
import { fullInk } from '../../core/data/fullInk';
import type { Layout } from '../../core/data/layout';
import { inkBox, usualInkBox } from '../data/inkBox';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import {
  exportAssets,
  exportFormat,
  exportMark,
  hashOf,
  isExportedWeights,
  readExportFolder,
  type ExportFolder,
  type ExportHashes,
} from '../../store/exportFolder';
import { isRecorded } from '../../core/csv/fingerprint';
import { printable } from '../../core/printable';
import { refuseOwnFolder } from '../data/requireOutPlace';
import { dataFolderOf, readPredictions } from '../../store/run/runFolder';
import { trainFileOf } from '../../store/run/trainingFile';
import type { RunRecord } from '../../core/run/runRecord';
import type { ExportedExample, ExportedInfo, ExportedModel } from '../../exported/exportedModel';
import type { SavedModel } from '../../protocol/worker';
import type { ExportJob, ExportResult } from '../../protocol/training';
import { exportedPage, exportedReadme } from './exportedPage';
import { readNetwork } from '../data/predictFile';

/** The layout alone: the record has more, and the file may get into other hands. */
function layoutOfRun({ side, maxPixel, high, mean }: Layout): Layout {
  return { side, maxPixel, ...(high && { high }), ...(mean !== undefined && { mean }) };
}

/** Rows of the training file that are looked at for examples. */
const rowsForExamples = 1000;
const mostExamples = 20;

/**
 * Writes a run's network as a folder that needs no Digits: a tfjs layers model, a page to draw on and a script for Node.
 * `assets`: the folder of their bundles. Throws `bad-setting` where the folder is in `.digits` or holds anything that is no earlier export.
 */
export async function exportModel(
  { runFolder, outFolder }: ExportJob,
  assets: string,
  signal: AbortSignal,
): Promise<ExportResult> {
  const { run, model } = await readNetwork(runFolder);
  await refuseOwnFolder(outFolder, dataFolderOf(runFolder));
  const old = await readOwnFolder(outFolder);
  const { examples, box } = await readExamples(runFolder, run, signal);
  const info: ExportedInfo = {
    format: exportFormat,
    version: 1,
    run: run.id,
    preset: run.config.preset,
    created: run.created,
    valAccuracy: run.valAccuracy,
    classes: run.data.classes,
    side: run.data.side,
    fullInk: fullInk(run.data.maxPixel),
    trainedOn: layoutOfRun(run.data),
    inkBox: box,
  };
  const given = await Promise.all(
    exportAssets.map(async name => [name, await fs.readFile(path.join(assets, name))] as const),
  );
  const weights = new Uint8Array(model.weights);
  // Under a name of its own, so that model.json always names the weights that belong to it.
  const weightsName = `weights-${hashOf(weights).slice(0, 8)}.bin`;
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    [weightsName, weights],
    ['model.json', modelJson(model, weightsName)],
    [
      'model.js',
      modelScript({
        info,
        examples,
        modelTopology: model.topology,
        weightSpecs: model.weightSpecs,
        weights: Buffer.from(weights).toString('base64'),
      }),
    ],
    ...given,
    ['index.html', exportedPage(randomBytes(16).toString('base64'))],
    ['README.md', exportedReadme(info, weightsName)],
  ];
  signal.throwIfAborted();
  const hashes = Object.fromEntries(files.map(([name, content]) => [name, [hashOf(content)]]));
  const both = Object.fromEntries(
    Object.entries({ ...old.hashes, ...hashes }).map(([name, own]) => [name, [...own, ...(old.hashes[name] ?? [])]]),
  );
  const made = await makeFolders(outFolder);
  const mark = path.join(outFolder, exportMark);
  try {
    // The mark first, with what was there as well, so that a folder that was left half-written can be exported to again.
    await writeFilesAtomic([
      [mark, markText(info, both)],
      ...files.map(([name, content]): FileContent => [path.join(outFolder, name), content]),
    ]);
  } catch (error) {
    // Those that are empty still, from the innermost on.
    for (const folder of made) await fs.rmdir(folder).catch(() => undefined);
    throw error;
  }
  await writeFileAtomic(mark, markText(info, hashes));
  const stale = old.names.filter(name => isExportedWeights(name) && name !== weightsName);
  await Promise.all(stale.map(name => fs.rm(path.join(outFolder, name), { force: true })));
  return { folder: outFolder, files: [exportMark, ...files.map(([name]) => name)] };
}

/** A folder that an export may be written to, as it is. */
async function readOwnFolder(folder: string): Promise<ExportFolder> {
  await refuseLink(folder);
  const stats = await fs.stat(folder).catch(() => undefined);
  if (stats && !stats.isDirectory())
    throw new DigitsError('bad-setting', sentence`${folder} is a file; name a folder to export to.`);
  const found = await readExportFolder(folder);
  if (found.foreign === undefined) return found;
  throw new DigitsError(
    'bad-setting',
    sentence`${folder} is not empty and no earlier export as that was written, for ${printable(found.foreign)} is in it; name an empty or a new folder.`,
  );
}

/** The mark of an export. */
function markText(info: ExportedInfo, files: ExportHashes): string {
  return `${JSON.stringify({ ...info, files }, null, 2)}\n`;
}

/** Makes a folder and those that it is in, where they are missing; returns those that it made, the innermost first. */
async function makeFolders(folder: string): Promise<readonly string[]> {
  const outer = path.dirname(folder);
  const isThere = await fs.access(outer).then(
    () => true,
    () => false,
  );
  const made = isThere || outer === folder ? [] : await makeFolders(outer);
  return (await makeFolder(folder)) ? [folder, ...made] : made;
}

function modelJson({ topology, weightSpecs }: SavedModel, weightsName: string): string {
  return `${JSON.stringify({ modelTopology: topology, format: 'layers-model', generatedBy: 'Digits', convertedBy: null, weightsManifest: [{ paths: [weightsName], weights: weightSpecs }] })}\n`;
}

/** A script rather than JSON: a page from a disk may run it, and may not read it. */
function modelScript(model: ExportedModel): string {
  return `globalThis.digitsModel = ${JSON.stringify(model)};\n`;
}

/** An image of each class that the network has not trained on, from the first rows, and how large digits are in them. None where the training file is another by now. */
async function readExamples(
  runFolder: string,
  run: RunRecord,
  signal: AbortSignal,
): Promise<{ readonly examples: readonly ExportedExample[]; readonly box: number }> {
  const { side, fingerprint } = run.data;
  const [data, validation] = await Promise.all([
    readPixelFile(trainFileOf(runFolder, run), { limit: rowsForExamples, signal }).catch(() => undefined),
    readPredictions(runFolder, 'validation'),
  ]);
  signal.throwIfAborted();
  if (!data || !isRecorded(fingerprint, data.fingerprint) || data.format.side !== side)
    return { examples: [], box: usualInkBox(side) };
  const unseen = new Set(validation?.rows);
  const size = side * side;
  const byLabel = new Map<number, ExportedExample>();
  data.labels?.forEach((label, image) => {
    if (byLabel.has(label) || !unseen.has(data.rowNumbers[image]!)) return;
    byLabel.set(label, {
      label,
      pixels: Buffer.from(data.pixels.subarray(image * size, (image + 1) * size)).toString('base64'),
    });
  });
  return {
    examples: [...byLabel.values()].sort((a, b) => a.label - b.label).slice(0, mostExamples),
    box: inkBox(data.pixels, side),
  };
}
