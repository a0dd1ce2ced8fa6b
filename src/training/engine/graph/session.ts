import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { graphTag, type Graph } from './graph';

/** What a graph is given: elements of an input, in its shape. */
export interface Feed {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** Graphs made so far: a file in TensorFlow's file system is not replaced. */
let made = 0;

/** A graph that TensorFlow holds ready to run: it merges operations, and knows when it may write over what is no longer needed. */
export class GraphSession {
  private readonly binding: TFJSBinding;
  private readonly id: number;

  private constructor(binding: TFJSBinding, id: number) {
    this.binding = binding;
    this.id = id;
  }

  /** Makes a graph ready to run. tfjs-node reads it from a folder alone: one of TensorFlow's own file system, in the memory of this process. */
  static load(binding: TFJSBinding, graph: Graph): GraphSession {
    const folder = `ram://digits-${++made}`;
    const texts = [`${folder}/saved_model.pb`, graph.savedModel()].map(text =>
      binding.createTensor([], binding.TF_STRING, [Buffer.from(text as Uint8Array)]),
    );
    binding.executeOp('WriteFile', [], texts, 0);
    for (const text of texts) binding.deleteTensor(text);
    return new GraphSession(binding, binding.loadSavedModel(folder, graphTag));
  }

  /** The elements of these outputs. */
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

  /** Lets TensorFlow forget the graph. */
  dispose(): void {
    this.binding.deleteSavedModel(this.id);
  }
}
