import { describe, expect, it } from 'vitest';
import { Message } from '../../../../../src/training/engine/graph/protobuf';

const bytes = (message: Message): number[] => [...message.encoded()];

// The examples of protocol buffers' own description of the encoding, and its limits.
describe('a message', () => {
  it('has whole numbers in groups of seven bits, the lowest first', () => {
    expect(bytes(new Message().number(1, 150))).toEqual([0x08, 0x96, 0x01]);
    expect(bytes(new Message().number(1, 0))).toEqual([0x08, 0x00]);
    expect(bytes(new Message().number(1, 2 ** 53 - 1))).toEqual([0x08, ...Array<number>(7).fill(0xff), 0x0f]);
  });

  it('has negative numbers in ten bytes', () => {
    expect(bytes(new Message().number(1, -2))).toEqual([0x08, 0xfe, ...Array<number>(8).fill(0xff), 0x01]);
  });

  it('has fields of a high number', () => {
    expect(bytes(new Message().number(16, 1))).toEqual([0x80, 0x01, 0x01]);
  });

  it('has text, bytes and messages behind their length', () => {
    expect(bytes(new Message().bytes(2, 'testing'))).toEqual([0x12, 0x07, ...Buffer.from('testing')]);
    expect(bytes(new Message().bytes(2, 'é'))).toEqual([0x12, 0x02, 0xc3, 0xa9]);
    expect(bytes(new Message().bytes(3, new Message().number(1, 150)))).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
    expect(bytes(new Message().bytes(2, Uint8Array.of()))).toEqual([0x12, 0x00]);
  });

  it('has numbers of single precision, the lowest byte first', () => {
    expect(bytes(new Message().float(4, 1))).toEqual([0x25, 0, 0, 0x80, 0x3f]);
  });
});
