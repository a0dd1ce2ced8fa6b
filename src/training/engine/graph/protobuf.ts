// As much of protocol buffers as TensorFlow's graphs need: https://protobuf.dev/programming-guides/encoding/

/** A message being written: fields one after the other, by their numbers in TensorFlow's .proto files. */
export class Message {
  private readonly parts: Uint8Array[] = [];

  /** A whole number, a truth value or a value of an enumeration. */
  number(field: number, value: number): this {
    return this.tag(field, 0).varint(value);
  }

  /** A number of single precision. */
  float(field: number, value: number): this {
    this.tag(field, 5).parts.push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  /** Text, bytes, or a message within this one. */
  bytes(field: number, value: string | Uint8Array | Message): this {
    const bytes = value instanceof Message ? value.encoded() : typeof value === 'string' ? Buffer.from(value) : value;
    this.tag(field, 2).varint(bytes.length).parts.push(bytes);
    return this;
  }

  /** The message as it is read. */
  encoded(): Uint8Array {
    return Buffer.concat(this.parts);
  }

  private tag(field: number, wireType: number): this {
    return this.varint(field * 8 + wireType);
  }

  private varint(value: number): this {
    const bytes: number[] = [];
    for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
      const low = Number(rest & 0x7fn);
      if (rest < 0x80n) {
        this.parts.push(Uint8Array.from([...bytes, low]));
        return this;
      }
      bytes.push(low | 0x80);
    }
  }
}
