import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { RunRecord } from '../../core/run/runRecord';
import { readRun } from '../../store/run/runFolder';

/** How often runs that train elsewhere are looked at, in ms: their process may end without a word. */
const lookAgain = 5000;

/** What a change of a run shows in. */
const watched = ['run.json', 'title.json', 'test.safetensors', 'evaluations'];

/**
 * Announces changes of runs, each once. This window hears of an epoch from the training process and again from the file
 * system; whoever listens reads the run again each time, predictions included.
 */
export class RunChanges {
  private readonly announce: (runFolder: string) => void;
  /** The files of each run as they were when it was last announced. */
  private readonly known = new Map<string, Promise<readonly string[]>>();
  /** Folders of runs that another window or program trains. */
  private readonly elsewhere = new Set<string>();
  private readonly timer: NodeJS.Timeout;

  /** `announce` is given the folder of a run that has changed; `interval` in ms. */
  constructor(announce: (runFolder: string) => void, interval = lookAgain) {
    this.announce = announce;
    this.timer = setInterval(() => void this.checkElsewhere(), interval);
  }

  /** Announces what no file shows, such as a training that waits. */
  tell(runFolder: string): void {
    this.known.set(runFolder, filesOf(runFolder));
    this.announce(runFolder);
  }

  /** Announces a run whose files may have changed, unless they are as they were when it was last announced. */
  async notice(runFolder: string): Promise<void> {
    const before = this.known.get(runFolder);
    const now = filesOf(runFolder);
    // Put in its place at once: of two notices of one change, the second compares with the first.
    this.known.set(runFolder, now);
    if (!isDeepStrictEqual(await before, await now)) this.announce(runFolder);
  }

  /** Remembers whether a run trains in another process, to notice its end. */
  watch(runFolder: string, { status }: RunRecord, trainsHere: boolean): void {
    if (status === 'training' && !trainsHere) this.elsewhere.add(runFolder);
    else this.elsewhere.delete(runFolder);
  }

  dispose(): void {
    clearInterval(this.timer);
  }

  /** Notices what runs that train elsewhere have done, and those whose process is gone: no file tells. */
  private async checkElsewhere(): Promise<void> {
    for (const runFolder of this.elsewhere) {
      const status = await readRun(runFolder).then(
        run => run.status,
        () => undefined,
      );
      if (status === 'training') {
        // The file system may have said nothing: a watcher takes a while to begin, and some disks have none.
        await this.notice(runFolder);
        continue;
      }
      this.elsewhere.delete(runFolder);
      this.tell(runFolder);
    }
  }
}

/** Size and time of the files in which a change of a run shows. */
function filesOf(runFolder: string): Promise<readonly string[]> {
  return Promise.all(
    watched.map(name =>
      stat(path.join(runFolder, name), { bigint: true }).then(
        ({ size, mtimeNs, ino }) => `${size} ${mtimeNs} ${ino}`,
        () => 'none',
      ),
    ),
  );
}
