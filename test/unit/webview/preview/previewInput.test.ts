import { describe, expect, it } from 'vitest';
import { parseRow } from '../../../../webview/preview/parseRow';
import { clampZoom, stepZoom, usualZoom, WheelZoom } from '../../../../webview/preview/zoom';

describe('the row to go to', () => {
  it('is read as people write it', () => {
    expect(parseRow('42', 42_000, false)).toBe(42);
    expect(parseRow(' 42,000 ', 42_000, false)).toBe(42_000);
    expect(parseRow("12'345", 42_000, false)).toBe(12_345);
  });

  it('is refused with a reason', () => {
    expect(parseRow('seven', 42_000, false)).toContain('row number');
    expect(parseRow('-3', 42_000, false)).toContain('row number');
    expect(parseRow('', 42_000, false)).toContain('row number');
    expect(parseRow('0', 42_000, false)).toContain('from 1');
    expect(parseRow('42001', 42_000, false)).toContain('42,000');
    expect(parseRow('42001', 512, true)).toContain('so far');
  });
});

describe('the zoom', () => {
  it('begins at a usual size for any image', () => {
    expect(usualZoom(28)).toBe(2);
    expect(usualZoom(8)).toBe(7);
    expect(usualZoom(256)).toBe(1);
  });

  it('goes up and down the same steps', () => {
    let zoom = 1;
    const up = [zoom];
    for (let i = 0; i < 8; i++) up.push((zoom = stepZoom(zoom, 1, 28)));
    expect(up).toEqual([1, 2, 3, 4, 6, 8, 10, 12, 14]);
    const down = [zoom];
    for (let i = 0; i < 8; i++) down.push((zoom = stepZoom(zoom, -1, 28)));
    expect(down).toEqual([...up].reverse());
  });

  it('goes a step for a turn of the wheel, and for as much pinching', () => {
    const wheel = new WheelZoom();
    expect([wheel.turn(-100), wheel.turn(100), wheel.turn(120)]).toEqual([1, -1, -1]);
    const pinch = new WheelZoom();
    expect(Array.from({ length: 9 }, () => pinch.turn(-10))).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0]);
    // Turned back.
    expect([pinch.turn(10), pinch.turn(10), pinch.turn(10), pinch.turn(10)]).toEqual([0, 0, 0, -1]);
  });

  it('stays sensible', () => {
    expect(stepZoom(16, 1, 28)).toBe(16);
    expect(stepZoom(1, -1, 28)).toBe(1);
    expect(clampZoom(50, 256)).toBe(1);
  });
});
