import { expect, it } from 'vitest';
import { ignoresHangUp, type Surroundings } from '../../../src/cli/hangUp';

/** At a desk, with its output on the terminal. */
const atTerminal: Surroundings = {
  streamsToTerminal: true,
  belongsToTerminal: true,
  lastCommand: '/usr/bin/node',
  parentIgnores: false,
};
/** As a service starts it. */
const ofService: Surroundings = { ...atTerminal, streamsToTerminal: false, belongsToTerminal: false };

it('a hang-up is ignored under nohup, and in a script under nohup', () => {
  expect(ignoresHangUp({ ...atTerminal, lastCommand: '/usr/bin/nohup' })).toBe(true);
  expect(ignoresHangUp({ ...atTerminal, streamsToTerminal: false })).toBe(true);
  expect(ignoresHangUp({ ...ofService, lastCommand: '/usr/bin/nohup' })).toBe(true);
  expect(ignoresHangUp({ ...ofService, parentIgnores: true })).toBe(true);
});

it('a hang-up ends what has a terminal', () => {
  expect(ignoresHangUp(atTerminal)).toBe(false);
  expect(ignoresHangUp({ ...atTerminal, lastCommand: undefined })).toBe(false);
});

it('a hang-up ends what has no terminal, where nothing tells of nohup', () => {
  expect(ignoresHangUp(ofService)).toBe(false);
  expect(ignoresHangUp({ ...ofService, lastCommand: undefined })).toBe(false);
});
