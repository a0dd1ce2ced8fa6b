import { ForkedProcess } from './forkedProcess';
import type { TrainingEvents, TrainingMethods } from './training';

/** The parent's end of a training process. */
export class TrainingProcess extends ForkedProcess<TrainingEvents, TrainingMethods> {}
