import { copyImage, drawTransform, transformImage } from '../../core/augment';
import { Random } from '../../core/random';
import type { BatchPlan, WorkerImages } from '../../protocol/worker';

/** Images as the network takes them and their classes. */
export interface Batch {
  /** Pixels as shares of full ink. */
  readonly images: Float32Array;
  readonly classes: Int32Array;
}

/** A worker's share of the training set, and the batches drawn from it. */
export class Batches {
  private readonly pixels: Uint8Array;
  private readonly classes: Uint16Array;
  private readonly ids: Uint32Array;
  private readonly side: number;
  private added = 0;
  private plan: BatchPlan | undefined;
  private order = new Uint32Array();
  private orderedFor = 0;
  private next: { readonly epoch: number; readonly step: number; readonly batch: Batch } | undefined;

  /** Room for so many images of side x side. */
  constructor(count: number, side: number) {
    this.pixels = new Uint8Array(count * side * side);
    this.classes = new Uint16Array(count);
    this.ids = new Uint32Array(count);
    this.side = side;
  }

  add({ pixels, classes, ids }: WorkerImages): void {
    this.pixels.set(pixels, this.added * this.side * this.side);
    this.classes.set(classes, this.added);
    this.ids.set(ids, this.added);
    this.added += ids.length;
  }

  /** From now on batches are drawn so. */
  start(plan: BatchPlan): void {
    this.plan = plan;
    this.orderedFor = 0;
    this.next = undefined;
  }

  /** A batch of an epoch, both counted from 1 and 0; the same whatever was drawn before. */
  draw(epoch: number, step: number): Batch {
    const prepared = this.next;
    this.next = undefined;
    return prepared?.epoch === epoch && prepared.step === step ? prepared.batch : this.make(epoch, step);
  }

  /** Makes a batch ready, to be drawn later. */
  prepare(epoch: number, step: number): void {
    this.next = { epoch, step, batch: this.make(epoch, step) };
  }

  private make(epoch: number, step: number): Batch {
    const { augmentation, ink, seed, shard, size } = this.plan!;
    if (this.orderedFor !== epoch) {
      this.order = Uint32Array.from({ length: this.added }, (_, i) => i);
      new Random(seed, epoch, shard).shuffle(this.order);
      this.orderedFor = epoch;
    }
    const { side } = this;
    const pixels = side * side;
    const images = new Float32Array(size * pixels);
    const classes = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      const index = this.order[step * size + i]!;
      if (augmentation) {
        const transform = drawTransform(augmentation, side, new Random(seed, epoch, this.ids[index]!));
        transformImage(this.pixels, index * pixels, images, i * pixels, side, 1 / ink, transform);
      } else {
        copyImage(this.pixels, index * pixels, images, i * pixels, pixels, ink);
      }
      classes[i] = this.classes[index]!;
    }
    return { images, classes };
  }
}
