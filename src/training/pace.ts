/** The first steps of a process make TensorFlow's kernels ready and take several times as long as those that follow. */
const warmUp = 5;

/** How long a step takes, measured as the training goes. */
export class Pace {
  private epoch = 0;
  private began = 0;
  private skipped = 0;
  private seconds: number | undefined;

  /** Takes note of a step that ended, counted from 1 within its epoch. Returns the mean of this epoch's steps in seconds, once it is known. */
  step(epoch: number, step: number): number | undefined {
    const now = performance.now();
    if (epoch !== this.epoch) {
      // Counted from the end of its first step: what lies before is no step.
      this.skipped = this.epoch === 0 ? warmUp : 1;
      this.epoch = epoch;
    }
    if (step <= this.skipped) this.began = now;
    else this.seconds = (now - this.began) / 1000 / (step - this.skipped);
    return this.seconds;
  }
}
