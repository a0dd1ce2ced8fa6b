import path from 'node:path';
import tty from 'node:tty';

/**
 * A hang-up is to be ignored, as under nohup. Node restores the signals that its parent has set to be ignored, so it is told
 * by what else nohup does: no standard stream is a terminal, or where it leaves one, a shell's variable names it.
 */
export function ignoresHangUp(
  hasTerminal = [0, 1, 2].some(descriptor => tty.isatty(descriptor)),
  lastCommand = process.env['_'],
): boolean {
  return !hasTerminal || (lastCommand !== undefined && path.basename(lastCommand) === 'nohup');
}
