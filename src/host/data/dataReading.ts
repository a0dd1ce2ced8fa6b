import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readFormat } from '../../store/pixelFile/openPixelFile';
import type { DataSet } from '../../store/dataSet/findDataSets';
import type { DataFile } from '../../core/data/dataFacts';
import { DigitsError, toErrorData } from '../../core/errors';
import type { ChangedFile, DataFileHead, DataWork } from '../../protocol/dataPanel';
import { stampOf } from '../pixelFiles/fileStamp';
import { changedFiles, type StampedFile } from './changedFiles';
import { DataFactsThread } from './dataFactsThread';

/** What a reading tells. */
export interface ReadingEvents {
  /** A few times a second while it reads, and when it ended. */
  worked(work: DataWork): void;
  /** It failed; the page shows the sentence. */
  failed(error: unknown): void;
}

/** The files of a data set as they were at one moment, and what was found out about them. */
export class DataReading {
  readonly files: readonly (DataFile & StampedFile)[];
  readonly heads: readonly DataFileHead[];
  private readonly events: ReadingEvents;
  private readonly thread: DataFactsThread;
  private current: DataWork;

  /** Begins to read, in a thread of its own. `script`: that thread's bundle. */
  static async begin(script: string, dataSet: DataSet, events: ReadingEvents): Promise<DataReading> {
    // The stamps first: what is written after them is noticed.
    const files = await stamped(dataSet);
    return new DataReading(script, files, await Promise.all(files.map(headOf)), events);
  }

  private constructor(
    script: string,
    files: DataReading['files'],
    heads: readonly DataFileHead[],
    events: ReadingEvents,
  ) {
    this.files = files;
    this.heads = heads;
    this.events = events;
    this.current = { type: 'reading', progress: { phase: 'reading', file: heads[0]?.name ?? '', share: 0 } };
    this.thread = new DataFactsThread(
      script,
      files.map(({ role, path: file }) => ({ role, path: file })),
      progress => this.take({ type: 'reading', progress }),
    );
    this.thread.facts.then(
      facts => this.take({ type: 'done', facts }),
      (error: unknown) => {
        if (error instanceof DigitsError && error.code === 'cancelled') return this.take({ type: 'cancelled' });
        events.failed(error);
        this.take({ type: 'failed', message: toErrorData(error).message });
      },
    );
  }

  get work(): DataWork {
    return this.current;
  }

  /** Ends it where it is; nothing is kept. */
  cancel(): void {
    if (this.current.type === 'reading') this.thread.dispose();
  }

  /** The files of a data set, as it is now, that are not what was read. */
  changes(dataSet: DataSet | undefined): Promise<readonly ChangedFile[]> {
    return changedFiles(this.files, dataSet ? filesOf(dataSet).map(file => file.path) : []);
  }

  private take(work: DataWork): void {
    this.current = work;
    this.events.worked(work);
  }
}

function filesOf({ trainFile, testFile }: DataSet): readonly DataFile[] {
  return [
    ...(trainFile === undefined ? [] : [{ role: 'train', path: trainFile } as const]),
    ...(testFile === undefined ? [] : [{ role: 'test', path: testFile } as const]),
  ];
}

async function headOf({ role, path: file }: DataFile): Promise<DataFileHead> {
  const size = await stat(file).then(
    stats => stats.size,
    () => 0,
  );
  const header = await readFormat(file).then(
    ({ side, kind }) => ({ side, hasLabels: kind === 'train' }),
    () => undefined,
  );
  return { role, name: path.basename(file), size, header };
}

async function stamped(dataSet: DataSet): Promise<readonly (DataFile & StampedFile)[]> {
  return Promise.all(
    filesOf(dataSet).map(async file => {
      // One that is gone differs from one that is there.
      const stamp = await stampOf(file.path).catch((error: unknown) => toErrorData(error).message);
      return { ...file, stamp };
    }),
  );
}
