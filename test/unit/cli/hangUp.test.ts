import { expect, it } from 'vitest';
import { ignoresHangUp } from '../../../src/cli/hangUp';

it('a hang-up is ignored without a terminal, and under nohup', () => {
  expect(ignoresHangUp(false, '/usr/bin/node')).toBe(true);
  expect(ignoresHangUp(true, '/usr/bin/nohup')).toBe(true);
});

it('a hang-up ends what has a terminal', () => {
  expect(ignoresHangUp(true, '/usr/bin/node')).toBe(false);
  expect(ignoresHangUp(true, undefined)).toBe(false);
});
