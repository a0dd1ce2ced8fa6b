/** The first steps of a process set up TensorFlow's kernels and take several times as long as later ones. */
const warmUp = 5;

/** Measures the time of a step during training. */
export class Pace {
  private epoch = 0;
  private first: { readonly step: number; readonly time: number } | undefined;
  private seconds: number | undefined;

  /** Notes the end of a step, counted from 1 within its epoch; steps may be skipped. Returns the mean time of this epoch's steps in seconds, once known. */
  step(epoch: number, step: number): number | undefined {
    const time = performance.now();
    if (epoch !== this.epoch) {
      const warm = this.epoch > 0 || step > warmUp;
      // Measured from the end of a step: the time before an epoch's first step belongs to no step.
      this.first = warm ? { step, time } : undefined;
      if (warm) this.epoch = epoch;
    } else if (this.first && step > this.first.step) {
      this.seconds = (time - this.first.time) / 1000 / (step - this.first.step);
    }
    return this.seconds;
  }
}
