import { describe, expect, it } from 'vitest';
import { childOptions } from '../../../src/processes/forkedProcess';

describe('options of the training process', () => {
  it('open no debugger port unless one is attached to the parent', () => {
    // VS Code gives its extension host the first of these always.
    expect(childOptions(['--inspect-port=0', '--max-old-space-size=4096'])).toEqual([]);
    expect(childOptions([])).toEqual([]);
  });

  it("let a debugger follow the parent's, on a port of its own", () => {
    expect(childOptions(['--inspect=9229'])).toEqual(['--inspect=0']);
    expect(childOptions(['--inspect-brk'])).toEqual(['--inspect=0']);
  });
});
