import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import * as tf from '../../network/tf';

/** The members of Emscripten's module in use. */
interface EmscriptenModule {
  readonly asm: { readonly memory: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** The memory of the WebAssembly backend of tfjs: its tensors, and space for our own. */
export class Heap {
  readonly memory: WebAssembly.Memory;
  private readonly backend: BackendWasm;
  private readonly module: EmscriptenModule;
  private readonly scratches = new Map<string, { readonly address: number; readonly size: number }>();

  constructor(backend: BackendWasm) {
    this.backend = backend;
    this.module = backend.wasm as unknown as EmscriptenModule;
    this.memory = this.module.asm.memory;
  }

  /** The address of a tensor's elements. */
  address(tensor: Pick<tf.TensorInfo, 'dataId'>): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** The `size` numbers at an address; valid until the next allocation, which may move the memory. */
  view(address: number, size: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, size);
  }

  /** The elements of a tensor, row by row; see {@link view}. */
  numbers(tensor: tf.Tensor): Float32Array {
    return this.view(this.address(tensor), tensor.size);
  }

  /** A tensor of this shape, with uninitialised elements. */
  make<T extends tf.Tensor>(shape: readonly number[]): T {
    return tf.engine().makeTensorFromTensorInfo(this.backend.makeOutput([...shape], 'float32'), this.backend) as T;
  }

  /** The address of space for `size` numbers; valid until more is requested under the same name. */
  scratch(name: string, size: number): number {
    const there = this.scratches.get(name);
    if (there && there.size >= size) return there.address;
    if (there) this.module._free(there.address);
    // Addresses above 2 GB come as negative numbers.
    const address = this.module._malloc(size * Float32Array.BYTES_PER_ELEMENT) >>> 0;
    this.scratches.set(name, { address, size });
    return address;
  }
}
