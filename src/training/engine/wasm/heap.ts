import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import * as tf from '../../network/tf';

/** What Emscripten's glue gives of a module. */
interface EmscriptenModule {
  readonly asm: { readonly memory: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** The memory of tfjs's WebAssembly backend: where its tensors are, and room for more. */
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

  /** The address of a tensor's numbers. */
  address(tensor: Pick<tf.TensorInfo, 'dataId'>): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** The numbers at an address; good until something is allocated, which may move the memory. */
  view(address: number, size: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, size);
  }

  /** The numbers of a tensor, as {@link view}. */
  numbers(tensor: tf.Tensor): Float32Array {
    return this.view(this.address(tensor), tensor.size);
  }

  /** A tensor with whatever was in memory. */
  make<T extends tf.Tensor>(shape: readonly number[]): T {
    return tf.engine().makeTensorFromTensorInfo(this.backend.makeOutput([...shape], 'float32'), this.backend) as T;
  }

  /** Room for `size` numbers that lasts until more is asked for under the same name. */
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
