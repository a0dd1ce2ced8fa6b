import { Message } from './protobuf';

/** A tensor in a graph, as operations refer to it. */
export interface GraphTensor {
  /** "operation:output". */
  readonly name: string;
  /** Such as [n, h, w, c]; [] for a scalar. */
  readonly shape: readonly number[];
}

/** TensorFlow's numbers for the element types in use (types.proto). */
const types = { float: 1, int32: 3, bool: 10, resource: 20 } as const;
export type ElementType = keyof typeof types;

/** An attribute of an operation. */
export type Attribute =
  | { readonly type: ElementType }
  | { readonly text: string }
  | { readonly whole: number }
  | { readonly wholes: readonly number[] }
  | { readonly float: number }
  | { readonly flag: boolean }
  | { readonly shape: readonly number[] }
  | { readonly elements: Message };

/** Attributes that name an element type. */
export const float = { type: 'float' } as const;
export const int32 = { type: 'int32' } as const;

/** The tag of a saved graph. */
export const graphTag = 'digits';
/** The newest graph version that TensorFlow 2.15 and earlier 2.x releases read; see TF_GRAPH_DEF_VERSION. */
const graphVersion = 1087;

/** Builds a TensorFlow graph. An operation is added after its inputs. */
export class Graph {
  private readonly nodes: Message[] = [];

  /** A tensor of this shape, fed when the graph runs. */
  input(name: string, type: ElementType, shape: readonly number[]): GraphTensor {
    return this.add('Placeholder', [], { dtype: { type }, shape: { shape } }, [shape], [], name)[0]!;
  }

  /** Names a tensor so that a run can fetch it; fetching it also runs the operations `after`. */
  output(name: string, tensor: GraphTensor, after: readonly string[] = []): void {
    this.add('Identity', [tensor], { T: float }, [tensor.shape], after, name);
  }

  /** A tensor of this shape that keeps its elements between runs, once {@link assign} has set them. */
  variable(shape: readonly number[]): GraphTensor {
    const name = `variable_${this.nodes.length}`;
    const { name: handle } = this.add(
      'VarHandleOp',
      [],
      { dtype: float, shape: { shape }, shared_name: { text: name } },
      [[]],
      [],
      name,
    )[0]!;
    return { name: handle, shape };
  }

  /** The elements of a variable at that point of the run. */
  read(variable: GraphTensor): GraphTensor {
    return this.one('ReadVariableOp', [variable], { dtype: float }, variable.shape);
  }

  /** Sets the elements of a variable, from a tensor of its shape. Returns the name of the operation. */
  assign(variable: GraphTensor, value: GraphTensor): string {
    return this.effect('AssignVariableOp', [variable, value], { dtype: float });
  }

  /** Adds an operation without outputs. Returns its name. */
  effect(operation: string, inputs: readonly GraphTensor[], attributes: Readonly<Record<string, Attribute>>): string {
    const name = `${operation}_${this.nodes.length}`;
    this.add(operation, inputs, attributes, [], [], name);
    return name;
  }

  /** A constant: by default a vector, [values.length]. */
  constant(
    values: readonly number[],
    type: 'float' | 'int32',
    shape: readonly number[] = [values.length],
  ): GraphTensor {
    const content = type === 'float' ? Float32Array.from(values) : Int32Array.from(values);
    const elements = new Message()
      .number(1, types[type])
      .bytes(2, shapeOf(shape))
      .bytes(4, new Uint8Array(content.buffer));
    return this.add('Const', [], { dtype: { type }, value: { elements } }, [shape])[0]!;
  }

  /** Adds an operation with one output of this shape. */
  one(
    operation: string,
    inputs: readonly GraphTensor[],
    attributes: Readonly<Record<string, Attribute>>,
    shape: readonly number[],
  ): GraphTensor {
    return this.add(operation, inputs, attributes, [shape])[0]!;
  }

  /** The same elements in another shape. */
  reshape(tensor: GraphTensor, shape: readonly number[]): GraphTensor {
    return this.one('Reshape', [tensor, this.constant(shape, 'int32')], { T: float, Tshape: int32 }, shape);
  }

  /** Adds an operation with outputs of these shapes. */
  several(
    operation: string,
    inputs: readonly GraphTensor[],
    attributes: Readonly<Record<string, Attribute>>,
    shapes: readonly (readonly number[])[],
  ): GraphTensor[] {
    return this.add(operation, inputs, attributes, shapes);
  }

  /** The graph as a SavedModel's `saved_model.pb` (saved_model.proto, meta_graph.proto, graph.proto). */
  savedModel(): Uint8Array {
    const definition = this.nodes
      .reduce((graph, node) => graph.bytes(1, node), new Message())
      .bytes(4, new Message().number(1, graphVersion));
    const metaGraph = new Message().bytes(1, new Message().bytes(4, graphTag)).bytes(2, definition);
    return new Message().number(1, 1).bytes(2, metaGraph).encoded();
  }

  private add(
    operation: string,
    inputs: readonly GraphTensor[],
    attributes: Readonly<Record<string, Attribute>>,
    shapes: readonly (readonly number[])[],
    after: readonly string[] = [],
    name = `${operation}_${this.nodes.length}`,
  ): GraphTensor[] {
    const node = new Message().bytes(1, name).bytes(2, operation);
    for (const input of inputs) node.bytes(3, input.name);
    for (const other of after) node.bytes(3, `^${other}`);
    for (const [key, attribute] of Object.entries(attributes))
      node.bytes(5, new Message().bytes(1, key).bytes(2, encode(attribute)));
    this.nodes.push(node);
    return shapes.map((outputShape, i) => ({ name: `${name}:${i}`, shape: outputShape }));
  }
}

/** TensorShapeProto. */
function shapeOf(shape: readonly number[]): Message {
  return shape.reduce((message, size) => message.bytes(2, new Message().number(1, size)), new Message());
}

/** AttrValue. */
function encode(attribute: Attribute): Message {
  const message = new Message();
  if ('type' in attribute) return message.number(6, types[attribute.type]);
  if ('text' in attribute) return message.bytes(2, attribute.text);
  if ('whole' in attribute) return message.number(3, attribute.whole);
  if ('float' in attribute) return message.float(4, attribute.float);
  if ('flag' in attribute) return message.number(5, Number(attribute.flag));
  if ('shape' in attribute) return message.bytes(7, shapeOf(attribute.shape));
  if ('elements' in attribute) return message.bytes(8, attribute.elements);
  return message.bytes(
    1,
    attribute.wholes.reduce((list, value) => list.number(3, value), new Message()),
  );
}
