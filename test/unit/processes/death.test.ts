import { describe, expect, it } from 'vitest';
import { toErrorData } from '../../../src/core/errors';
import { deathError, type Death } from '../../../src/processes/death';

const alive: Death = { code: null, signal: null, output: '', outOfMemory: false, nearProcessLimit: false };
const said = (death: Partial<Death>): string => deathError({ ...alive, ...death }).message;

describe('a training process that died', () => {
  it.each<[string, Partial<Death>, RegExp]>([
    [
      'killed from outside',
      { signal: 'SIGKILL' },
      /^The training process was killed by another program or the system \(SIGKILL\)/,
    ],
    ['ended from outside', { signal: 'SIGTERM' }, /^The training process was ended by another program \(SIGTERM\)/],
    [
      'killed by the system for want of memory',
      { signal: 'SIGKILL', outOfMemory: true },
      /^The training process ended because memory ran out \(SIGKILL\).* smaller preset/,
    ],
    [
      'out of memory in JavaScript',
      {
        signal: 'SIGABRT',
        output: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      },
      /because memory ran out \(SIGABRT\)/,
    ],
    [
      'out of memory in TensorFlow',
      { signal: 'SIGABRT', output: "terminate called after throwing an instance of 'std::bad_alloc'" },
      /because memory ran out/,
    ],
    ['a crash of the engine', { signal: 'SIGSEGV' }, /^The engine crashed \(SIGSEGV\).*"digits\.engine" to "portable"/],
    ['a crash of the engine on Windows', { code: 0xc0000005 }, /^The engine crashed \(exit code 3221225477\)/],
    ["a processor that can't", { signal: 'SIGILL' }, /AVX/],
    [
      'a fault in Digits',
      { code: 1, output: 'TypeError: x is not a function' },
      /^The training process ended by a fault in Digits \(exit code 1: TypeError: x is not a function\)/,
    ],
  ])('%s: says so, what is kept and what to do', (_, death, sentence) => {
    expect(said(death)).toMatch(sentence);
    if (death.signal !== 'SIGILL') expect(said(death)).toContain('what it had finished is kept');
    expect(deathError({ ...alive, output: 'last words', ...death }).detail).toBe(death.output ?? 'last words');
  });
});

it('a process that ended without a word has met the limit on processes where that is near', () => {
  const silent: Partial<Death> = { signal: 'SIGABRT', nearProcessLimit: true };
  expect(said(silent)).toMatch(/because there are too many processes; raise the limit \(ulimit -u\)/);
  expect(said({ ...silent, output: 'free(): invalid pointer' })).toMatch(/^The engine crashed/);
  expect(said({ ...silent, nearProcessLimit: false })).toMatch(/^The engine crashed/);
});

describe('memory that ran out in a process that lives', () => {
  it.each([
    new RangeError('Array buffer allocation failed'),
    new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded'),
    new Error('Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[7533,36,9]'),
    new Error(
      'Session fail to run with error: Operation received an exception:Status: 1, message: could not create a primitive, in file tensorflow/core/kernels/mkl/mkl_conv_grad_input_ops.cc:545',
    ),
    new Error(
      'Session fail to run with error: Operation received an exception:Status: 5, message: could not execute a primitive, in file tensorflow/core/kernels/mkl/mkl_matmul_op_fused.cc:287',
    ),
  ])('is no fault in Digits: %s', error => {
    expect(toErrorData(error)).toMatchObject({
      code: 'no-memory',
      message: expect.stringContaining('not enough memory'),
    });
  });

  it('is told apart from a fault', () => {
    expect(toErrorData(new TypeError('the ROOM is undefined'))).toMatchObject({ code: 'internal' });
    expect(
      toErrorData(new Error('Operation received an exception:Status: 3, message: could not create a primitive')),
    ).toMatchObject({ code: 'internal' });
  });
});
