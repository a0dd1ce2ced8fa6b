/** Lowers a learning rate when a loss stops falling, like Keras' ReduceLROnPlateau (min_delta 1e-4, no cooldown). */
export class ReduceOnPlateau {
  private best = Infinity;
  private waited = 0;
  private rate: number;
  private readonly options: { readonly factor: number; readonly patience: number; readonly floor: number };

  constructor(rate: number, options: { readonly factor: number; readonly patience: number; readonly floor: number }) {
    this.rate = rate;
    this.options = options;
  }

  get learningRate(): number {
    return this.rate;
  }

  /** Called with the loss at the end of each epoch. */
  endEpoch(loss: number): void {
    if (loss < this.best - 1e-4) {
      this.best = loss;
      this.waited = 0;
      return;
    }
    this.waited++;
    if (this.waited < this.options.patience) return;
    this.rate = Math.max(this.rate * this.options.factor, this.options.floor);
    this.waited = 0;
  }
}
