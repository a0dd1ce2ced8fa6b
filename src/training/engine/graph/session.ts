import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { graphTag, type Graph } from './graph';

/** The elements of an input, row by row, in a shape such as [n, h, w, c]. */
export interface Feed {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** Numbers the graphs: a file in TensorFlow's in-memory file system can't be replaced. */
let made = 0;

/**
 * A graph loaded into TensorFlow, which fuses its operations and reuses the memory of tensors that are no longer
 * needed.
 */
export class GraphSession {
  private readonly binding: TFJSBinding;
  private readonly id: number;

  private constructor(binding: TFJSBinding, id: number) {
    this.binding = binding;
    this.id = id;
  }

  /** Loads a graph. tfjs-node reads graphs only from a folder, so this one is in TensorFlow's in-memory file system. */
  static load(binding: TFJSBinding, graph: Graph): GraphSession {
    const folder = `ram://digits-${++made}`;
    const texts = [`${folder}/saved_model.pb`, graph.savedModel()].map(text =>
      binding.createTensor([], binding.TF_STRING, [Buffer.from(text as Uint8Array)]),
    );
    binding.executeOp('WriteFile', [], texts, 0);
    for (const text of texts) binding.deleteTensor(text);
    return new GraphSession(binding, binding.loadSavedModel(folder, graphTag));
  }

  /** Runs the graph. Returns the elements of each output, row by row. */
  run(feeds: readonly Feed[], outputs: readonly string[]): Float32Array[] {
    const named = (names: readonly string[]): string => names.map(name => `${name}:0`).join();
    const { binding } = this;
    const ids = feeds.map(({ shape, values }) =>
      binding.createTensor([...shape], values instanceof Float32Array ? binding.TF_FLOAT : binding.TF_INT32, values),
    );
    try {
      return binding.runSavedModel(this.id, ids, named(feeds.map(({ name }) => name)), named(outputs)).map(({ id }) => {
        const values = binding.tensorDataSync(id) as Float32Array;
        binding.deleteTensor(id);
        return values;
      });
    } finally {
      for (const id of ids) binding.deleteTensor(id);
    }
  }

  /** Unloads the graph. */
  dispose(): void {
    this.binding.deleteSavedModel(this.id);
  }
}
