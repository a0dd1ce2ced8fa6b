import type { DataFacts, DataFile, FactsProgress } from '../core/data/dataFacts';

/** What the host asks of the thread that looks through a data set. */
export interface DataFactsMethods {
  /** Called once. */
  facts(files: readonly DataFile[]): Promise<DataFacts>;
}

/** What that thread tells meanwhile. */
export interface DataFactsEvents {
  /** A few times a second. */
  progress(progress: FactsProgress): void;
}
