// The thread that reads a pixel file, so that the extension host's own never does.
import { parentPort } from 'node:worker_threads';
import type { FileLabels } from '../../core/csv/fileLabels';
import { openPixelFile, type OpenPixelFile } from '../../store/pixelFile/openPixelFile';
import type { PixelRows } from '../../core/csv/pixelFormat';
import { readLabels } from './readLabels';
import { readRows, readRowsAt } from './readRows';
import { buildRowIndex, emptyRowIndex, type RowIndex } from '../../store/pixelFile/rowIndex';
import { layoutOf } from '../../core/data/layout';
import { toErrorData } from '../../core/errors';
import { fileError } from '../../store/fileError';
import type { ImagePage } from '../../protocol/imagePage';
import type { OpenedPixelFile, PixelFileEvents, PixelFileMethods } from '../../protocol/pixelFile';
import { Rpc } from '../../protocol/rpc';

/** Rows read before the index begins: what fills a window. */
const FIRST_ROWS = 256;
/** How long the index waits, in ms: a view that is being made draws those rows meanwhile, and needs the processor. */
const HEAD_START = 400;
/** Between two words about progress, in ms. */
const PROGRESS_EVERY = 100;

let file: { readonly opened: OpenPixelFile; index: RowIndex; readonly indexed: Promise<RowIndex> } | undefined;

async function open(path: string): Promise<OpenedPixelFile> {
  const opened = await openPixelFile(path);
  let begin: (building: Promise<RowIndex>) => void = () => undefined;
  const indexed = new Promise<RowIndex>(resolve => (begin = resolve));
  // Told by a notice; who waits for it still gets the error.
  indexed.catch(() => undefined);
  file = { opened, index: emptyRowIndex(opened.format), indexed };
  const first = await page(readRows(opened, file.index, 1, FIRST_ROWS));
  const rows = first.rows.length + first.problems.length;
  // Known only when all of the file was looked at, so that even a file of one row has its index built.
  const index = { rows, share: 0 };
  setTimeout(() => begin(build(opened, rows)), HEAD_START);
  return {
    format: opened.format,
    layout: layoutOf(
      first.pixels,
      opened.format.side,
      first.pixels.reduce((max, value) => Math.max(max, value), 0),
    ),
    index,
    first,
  };
}

/** `known`: rows that were found before, so that their number never falls. */
async function build(opened: OpenPixelFile, known: number): Promise<RowIndex> {
  const often = throttle();
  try {
    const index = await buildRowIndex(opened, {
      onProgress: soFar => {
        file!.index = soFar;
        if (soFar.share < 1)
          often(() => rpc.notify('indexed', { rows: Math.max(known, soFar.rows), share: soFar.share }));
      },
    });
    file!.index = index;
    rpc.notify('indexed', { rows: index.rows, share: 1 });
    return index;
  } catch (error) {
    rpc.notify('failed', toErrorData(sentence(error)));
    throw sentence(error);
  }
}

/** Rows and images that are asked for meanwhile come between two blocks of the file. */
async function labels(): Promise<FileLabels> {
  const { opened: pixelFile, indexed } = opened();
  const { rows } = await indexed;
  const often = throttle();
  try {
    return await readLabels(pixelFile, rows, { onProgress: share => often(() => rpc.notify('labelled', share)) });
  } catch (error) {
    throw sentence(error);
  }
}

/** What runs its argument a few times a second at most. */
function throttle(): (tell: () => void) => void {
  let told = 0;
  return tell => {
    if (performance.now() - told < PROGRESS_EVERY) return;
    told = performance.now();
    tell();
  };
}

/** Rows as views take them. */
async function page(reading: Promise<PixelRows>): Promise<ImagePage> {
  try {
    const { rowNumbers, labels, pixels, problems } = await reading;
    return { rows: rowNumbers, labels, pixels, problems };
  } catch (error) {
    throw sentence(error);
  }
}

/** File system errors come as they are; everything else is worded already. */
function sentence(error: unknown): unknown {
  return error instanceof Error && 'syscall' in error && file ? fileError('read', file.opened.name, error) : error;
}

function opened(): NonNullable<typeof file> {
  if (!file) throw new Error('the file is not open');
  return file;
}

const port = parentPort!;
const rpc = new Rpc<PixelFileMethods, PixelFileEvents>(
  { send: message => port.postMessage(message), listen: onMessage => port.on('message', onMessage) },
  {
    open,
    rows: async ({ first, count }) => page(readRows(opened().opened, opened().index, first, count)),
    images: async rows => page(readRowsAt(opened().opened, opened().index, rows)),
    labels,
  },
);
