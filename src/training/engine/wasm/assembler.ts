/** Instructions in WebAssembly's binary format. They leave at most one value on the stack. */
export type Code = readonly number[];
export type Type = 'i32' | 'f32' | 'v128';
/** A local variable; used as code, it reads the variable. */
export type Local = readonly [get: 0x20, ...index: number[]];

const types: Readonly<Record<Type, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

/** Builds the code of a function, statement by statement. */
export class FunctionBody {
  private readonly locals: Type[] = [];
  private readonly code: number[] = [];
  private readonly parameters: number;

  constructor(parameters: number) {
    this.parameters = parameters;
  }

  /** Declares a variable; zero until it is set. */
  local(type: Type): Local {
    return [0x20, ...unsigned(this.parameters + this.locals.push(type) - 1)];
  }

  /** Declares a variable with this value. */
  let(type: Type, value: Code): Local {
    const local = this.local(type);
    this.set(local, value);
    return local;
  }

  set([, ...index]: Local, value: Code): void {
    this.code.push(...value, 0x21, ...index);
  }

  do(statement: Code): void {
    this.code.push(...statement);
  }

  /** Runs `body` while `counter` is below `end`, and adds `step` to it after each run. */
  loop(counter: Local, end: Code, step: number, body: () => void): void {
    this.code.push(0x02, 0x40, 0x03, 0x40, ...counter, ...end, 0x4e, 0x0d, 1);
    body();
    this.set(counter, i32.add(counter, i32.of(step)));
    this.code.push(0x0c, 0, 0x0b, 0x0b);
  }

  /** Runs `body` `times` times, at least once. */
  repeat(counter: Local, times: Code, body: () => void): void {
    this.set(counter, times);
    this.code.push(0x03, 0x40);
    body();
    this.advance(counter, -1);
    this.code.push(...counter, 0x0d, 0, 0x0b);
  }

  /** Runs `body` if `value` is zero. */
  unless(value: Code, body: () => void): void {
    this.code.push(...value, 0x45, 0x04, 0x40);
    body();
    this.code.push(0x0b);
  }

  advance(local: Local, step: number): void {
    if (step) this.set(local, i32.add(local, i32.of(step)));
  }

  bytes(): number[] {
    const declared = this.locals.flatMap(type => [1, types[type]]);
    const bytes = [...unsigned(this.locals.length), ...declared, ...this.code, 0x0b];
    return [...unsigned(bytes.length), ...bytes];
  }
}

/** Compiles a function that accesses this memory. */
export function assemble(
  memory: WebAssembly.Memory,
  parameters: readonly Type[],
  write: (body: FunctionBody, ...parameters: Local[]) => void,
): (...values: number[]) => void {
  const body = new FunctionBody(parameters.length);
  write(body, ...parameters.map((_, index): Local => [0x20, index]));
  const section = (id: number, bytes: readonly number[]): number[] => [id, ...unsigned(bytes.length), ...bytes];
  const name = [1, 0x6d];
  const module = new WebAssembly.Module(
    Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, parameters.length, ...parameters.map(type => types[type]), 0]),
      ...section(2, [1, ...name, ...name, 2, 0, 0]),
      ...section(3, [1, 0]),
      ...section(7, [1, ...name, 0, 0]),
      ...section(10, [1, ...body.bytes()]),
    ]),
  );
  const { exports } = new WebAssembly.Instance(module, { m: { m: memory } });
  return exports['m'] as (...values: number[]) => void;
}

const binary =
  (...operation: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...operation];

export const i32 = {
  of: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  equal: binary(0x46),
};

/** The numbers that one instruction computes at once. Addresses are in bytes; `offset` is added to them. */
export interface Lanes {
  readonly count: 1 | 4;
  readonly type: Type;
  load(address: Code, offset?: number): Code;
  /** Loads one number into every lane. */
  loadEach(address: Code, offset?: number): Code;
  store(address: Code, value: Code, offset?: number): Code;
  /** A constant in every lane. */
  each(value: number): Code;
  /** A value of type f32 in every lane. */
  fill(value: Code): Code;
  add(a: Code, b: Code): Code;
  sub(a: Code, b: Code): Code;
  mul(a: Code, b: Code): Code;
  div(a: Code, b: Code): Code;
  sqrt(a: Code): Code;
  /** `value` in the lanes where a > b, else 0. */
  whereGreater(a: Code, b: Code, value: Code): Code;
  /** `value` in the lanes where a = b, else 0. */
  whereEqual(a: Code, b: Code, value: Code): Code;
}

const access =
  (...operation: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...operation, 2, ...unsigned(offset)];
const storing =
  (...operation: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...operation, 2, ...unsigned(offset)];
const constant = (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];

export const simd: Lanes = {
  count: 4,
  type: 'v128',
  load: access(0xfd, 0x00),
  loadEach: access(0xfd, 0x09),
  store: storing(0xfd, 0x0b),
  each: value => [...constant(value), 0xfd, 0x13],
  fill: value => [...value, 0xfd, 0x13],
  add: binary(0xfd, 0xe4, 0x01),
  sub: binary(0xfd, 0xe5, 0x01),
  mul: binary(0xfd, 0xe6, 0x01),
  div: binary(0xfd, 0xe7, 0x01),
  sqrt: a => [...a, 0xfd, 0xe3, 0x01],
  whereGreater: (a, b, value) => [...value, ...a, ...b, 0xfd, 0x44, 0xfd, 0x4e],
  whereEqual: (a, b, value) => [...value, ...a, ...b, 0xfd, 0x41, 0xfd, 0x4e],
};

/** Without SIMD: for what is left over when four does not divide a count, and for processors without SIMD. */
export const single: Lanes = {
  count: 1,
  type: 'f32',
  load: access(0x2a),
  loadEach: access(0x2a),
  store: storing(0x38),
  each: constant,
  fill: value => value,
  add: binary(0x92),
  sub: binary(0x93),
  mul: binary(0x94),
  div: binary(0x95),
  sqrt: a => [...a, 0x91],
  whereGreater: (a, b, value) => [...value, ...constant(0), ...a, ...b, 0x5e, 0x1b],
  whereEqual: (a, b, value) => [...value, ...constant(0), ...a, ...b, 0x5b, 0x1b],
};

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
