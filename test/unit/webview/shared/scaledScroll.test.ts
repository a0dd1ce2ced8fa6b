import { describe, expect, it } from 'vitest';
import { ScaledScroll, TALLEST } from '../../../../webview/shared/scaledScroll';

describe('the scroll of a list', () => {
  it('is the scroll bar itself where the list is not too tall', () => {
    const scroll = new ScaledScroll(100_000, 700);
    expect(scroll.height).toBe(100_000);
    expect(scroll.scale).toBe(1);
    expect(scroll.toOffset(1234)).toBe(1234);
  });

  it('reaches the first and the last line of a list that no browser can lay out', () => {
    const total = 310_000_000;
    const scroll = new ScaledScroll(total, 700);
    expect(scroll.height).toBe(TALLEST);
    expect(scroll.toOffset(0)).toBe(0);
    expect(scroll.toOffset(TALLEST - 700)).toBeCloseTo(total - 700, 3);
    expect(scroll.toOffset(scroll.toScrollTop(123_456_789))).toBeCloseTo(123_456_789, 3);
  });

  it('does not go past the ends', () => {
    const scroll = new ScaledScroll(1000, 700);
    expect(scroll.clamp(-5)).toBe(0);
    expect(scroll.clamp(400)).toBe(300);
    expect(new ScaledScroll(500, 700).clamp(10)).toBe(0);
  });
});
