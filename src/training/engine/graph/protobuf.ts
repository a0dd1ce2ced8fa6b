// The part of protocol buffers that TensorFlow's graphs need: https://protobuf.dev/programming-guides/encoding/

/** Builds a message field by field, with the field numbers of TensorFlow's .proto files. */
export class Message {
  private readonly parts: Uint8Array[] = [];

  /** An integer, a boolean or an enumeration value. */
  number(field: number, value: number): this {
    return this.tag(field, 0).varint(value);
  }

  /** A single-precision number. */
  float(field: number, value: number): this {
    this.tag(field, 5).parts.push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  /** A string, bytes, or a nested message. */
  bytes(field: number, value: string | Uint8Array | Message): this {
    const bytes = value instanceof Message ? value.encoded() : typeof value === 'string' ? Buffer.from(value) : value;
    this.tag(field, 2).varint(bytes.length).parts.push(bytes);
    return this;
  }

  /** The encoded message. */
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
