import type { RowFilter } from '../core/data/filterRows';
import type { RowPredictions } from '../core/run/rowPredictions';
import type { ImagePage } from './imagePage';

// What the preview's filters and predictions need; part of PreviewHost and PreviewView.

/** The labels of a file. */
export interface LabelChoices {
  /** Ascending. */
  readonly labels: readonly number[];
  /** How many rows have each, in the same order. */
  readonly counts: readonly number[];
  /** Rows that can't be read. */
  readonly unreadable: number;
}

/** A run that has predictions for the file. */
export interface PredictionChoice {
  readonly id: string;
  /** Differs once they were made again. */
  readonly stamp: string;
  /** "balanced, 22 Nov, 16:28 (validation set)". */
  readonly name: string;
}

export interface FilterRequest {
  readonly filter: RowFilter;
  /** The id of the predictions that the filter means. */
  readonly source: string | undefined;
}

/** What the preview's webview asks of the host for them. */
export interface PreviewFilterHost {
  /** At most 512 rows from anywhere in the file, in the order asked for. */
  images(rows: Uint32Array): Promise<ImagePage>;
  /** Reads the labels of all rows, the first time; throws where there are too many. */
  labels(nothing: undefined): Promise<LabelChoices>;
  /** Who has predictions for the file, the newest run first. */
  predictions(nothing: undefined): Promise<readonly PredictionChoice[]>;
  /** All predictions of one of them. */
  predicted(id: string): Promise<RowPredictions>;
  /** The rows that meet a filter, ascending. */
  filter(request: FilterRequest): Promise<Uint32Array>;
}

/** What the host tells the preview's webview of them. */
export interface PreviewFilterView {
  /** How much of the file's labels was read, 0 to 1. */
  labelled(share: number): void;
  /** Other runs may have predictions now. */
  predictionsChanged(nothing: undefined): void;
}
