import { ReduceOnPlateau } from './plateau';
import type { ScheduleSpec } from '../../core/presets';

/** The learning rate of each step of a training. */
export interface Schedule {
  /** `step` counts all steps of the training from 0. */
  rate(step: number): number;
  /** Called with the validation loss at the end of each epoch. */
  endEpoch(validationLoss: number): void;
}

/** The schedule of a network that is trained for `steps` steps in all. */
export function makeSchedule(spec: ScheduleSpec, steps: number): Schedule {
  switch (spec.type) {
    case 'plateau': {
      const plateau = new ReduceOnPlateau(spec.rate, spec);
      return { rate: () => plateau.learningRate, endEpoch: loss => plateau.endEpoch(loss) };
    }
    case 'oneCycle': {
      const rising = Math.max(Math.round(steps * spec.warmUp), 1);
      const rate = (step: number): number =>
        spec.peak * (step < rising ? (step + 1) / rising : (steps - step) / (steps - rising + 1));
      return { rate, endEpoch: () => undefined };
    }
  }
}
