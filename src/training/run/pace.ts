/** The first steps of a process make TensorFlow's kernels ready and take several times as long as those that follow. */
const warmUp = 5;

/** How long a step takes, measured as the training goes. */
export class Pace {
  private epoch = 0;
  private first: { readonly step: number; readonly time: number } | undefined;
  private seconds: number | undefined;

  /** Takes note of a step that ended, counted from 1 within its epoch; some may be left out. Returns the mean of this epoch's steps in seconds, once it is known. */
  step(epoch: number, step: number): number | undefined {
    const time = performance.now();
    if (epoch !== this.epoch) {
      const warm = this.epoch > 0 || step > warmUp;
      // Counted from the end of a step: what lies before an epoch's first is none.
      this.first = warm ? { step, time } : undefined;
      if (warm) this.epoch = epoch;
    } else if (this.first && step > this.first.step) {
      this.seconds = (time - this.first.time) / 1000 / (step - this.first.step);
    }
    return this.seconds;
  }
}
