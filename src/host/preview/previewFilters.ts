import type { Fingerprint } from '../../core/csv/fingerprint';
import { fingerprint } from '../../store/pixelFile/fingerprint';
import { filterRows, needsLabels, needsPredictions } from '../../core/data/filterRows';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { readSource, type PredictionSource } from '../../store/run/predictionSources';
import type { RowPredictions } from '../../core/run/rowPredictions';
import { fullName } from '../../core/run/runName';
import type { FilterRequest, PredictionChoice, PreviewFilterHost } from '../../protocol/previewFilter';
import type { FilePredictions } from './filePredictions';
import type { PixelFileShare } from '../pixelFiles/pixelFiles';

const setNames: Readonly<Record<PredictionSource['set'], string>> = {
  validation: 'validation set',
  test: 'test set',
  evaluation: 'evaluation',
};

/** What a preview knows of its file besides the images: labels, predictions, and the rows that meet a filter. */
export class PreviewFilters {
  /** What the view may ask. */
  readonly methods: PreviewFilterHost = {
    images: async rows => this.shared().thread.images(Array.from(rows)),
    labels: async () => {
      const { labels, counts, unreadable } = await this.shared().thread.labels();
      return { labels, counts, unreadable };
    },
    predictions: async () => {
      this.sources = this.find();
      return (await this.sources).map(choiceOf);
    },
    predicted: async id => this.read(id),
    filter: async request => this.filter(request),
  };
  private readonly shared: () => PixelFileShare;
  private readonly predictions: FilePredictions;
  /** Of the file as it was opened. */
  private fingerprint: Promise<Fingerprint> | undefined;
  /** Whom the view was told of. */
  private sources: Promise<readonly PredictionSource[]> | undefined;
  /** The predictions that were read last: a filter changes more often than who made them. */
  private known: { readonly source: PredictionSource; readonly predictions: Promise<RowPredictions> } | undefined;

  /** `shared` gives the open file, or throws. */
  constructor(shared: () => PixelFileShare, predictions: FilePredictions) {
    this.shared = shared;
    this.predictions = predictions;
  }

  /** Forgets what was read: the file was given back, and is another one when it is opened again. */
  release(): void {
    this.fingerprint = this.sources = this.known = undefined;
  }

  private async find(): Promise<readonly PredictionSource[]> {
    const { file } = this.shared();
    this.fingerprint ??= fingerprint(file);
    return this.predictions.find(file, await this.fingerprint);
  }

  private async read(id: string): Promise<RowPredictions> {
    const source = (await (this.sources ??= this.find())).find(each => each.id === id);
    if (!source)
      throw new DigitsError(
        'read-failed',
        sentence`These predictions are gone, or the file has changed since; choose those of another run.`,
      );
    if (this.known?.source.id !== source.id || this.known.source.stamp !== source.stamp) {
      const known = { source, predictions: readSource(source) };
      // Read again when it is asked for again.
      known.predictions.catch(() => {
        if (this.known === known) this.known = undefined;
      });
      this.known = known;
    }
    return this.known.predictions;
  }

  private async filter({ filter, source }: FilterRequest): Promise<Uint32Array> {
    const predictions = needsPredictions(filter) ? await this.read(source ?? '') : undefined;
    return filterRows(
      filter,
      needsLabels(filter, predictions) ? await this.shared().thread.labels() : undefined,
      predictions,
    );
  }
}

function choiceOf(source: PredictionSource): PredictionChoice {
  return { id: source.id, stamp: source.stamp, name: `${fullName(source)} (${setNames[source.set]})` };
}
