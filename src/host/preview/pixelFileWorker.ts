// The thread that reads a pixel file, so that the extension host's own never does.
import { parentPort } from 'node:worker_threads';
import { openPixelFile, type OpenPixelFile } from '../../core/csv/openPixelFile';
import type { PixelRows } from '../../core/csv/pixelFormat';
import { readRows, readRowsAt } from '../../core/csv/readRows';
import { buildRowIndex, emptyRowIndex, type RowIndex } from '../../core/csv/rowIndex';
import { fullInk } from '../../core/data/fullInk';
import { fileError, toErrorData } from '../../core/errors';
import type { ImagePage } from '../../protocol/panels';
import type { OpenedPixelFile, PixelFileEvents, PixelFileMethods } from '../../protocol/pixelFile';
import { Rpc } from '../../protocol/rpc';

/** Rows read before the index begins: what fills a window. */
const FIRST_ROWS = 256;
/** Between two words about progress, in ms. */
const PROGRESS_EVERY = 100;

let file: { readonly opened: OpenPixelFile; index: RowIndex } | undefined;

async function open(path: string): Promise<OpenedPixelFile> {
  const opened = await openPixelFile(path);
  file = { opened, index: emptyRowIndex(opened.format) };
  const first = await page(readRows(opened, file.index, 1, FIRST_ROWS));
  const rows = first.rows.length + first.problems.length;
  // Known only when all of the file was looked at, so that even a file of one row has its index built.
  const index = { rows, share: 0 };
  setImmediate(() => void build(opened, rows));
  return { format: opened.format, fullInk: fullInk(first.pixels.reduce((max, value) => Math.max(max, value), 0)), index };
}

/** `known`: rows that were found before, so that their number never falls. */
async function build(opened: OpenPixelFile, known: number): Promise<void> {
  let told = 0;
  try {
    const index = await buildRowIndex(opened, {
      onProgress: soFar => {
        file!.index = soFar;
        if (performance.now() - told < PROGRESS_EVERY || soFar.share === 1) return;
        told = performance.now();
        rpc.notify('indexed', { rows: Math.max(known, soFar.rows), share: soFar.share });
      },
    });
    file!.index = index;
    rpc.notify('indexed', { rows: index.rows, share: 1 });
  } catch (error) {
    rpc.notify('failed', toErrorData(sentence(error)));
  }
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
  },
);
