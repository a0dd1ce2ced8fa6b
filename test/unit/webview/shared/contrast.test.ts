import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, largestMix, parseColor } from '../../../../webview/shared/contrast';

/** Background, text, blue and red of VS Code's own themes. */
const themes = {
  dark: ['#1f1f1f', '#cccccc', '#59a4f9', '#f14c4c'],
  light: ['#ffffff', '#3b3b3b', '#0063d3', '#e51400'],
  'high contrast': ['#000000', '#ffffff', '#59a4f9', '#f48771'],
  'high contrast light': ['#ffffff', '#292929', '#0063d3', '#b5200d'],
} as const;

const channel = fc.integer({ min: 0, max: 255 });
const colors = fc.tuple(channel, channel, channel);
const css = ([red, green, blue]: readonly [number, number, number]): string => `rgb(${red}, ${green}, ${blue})`;

describe('a colour', () => {
  it('is read as VS Code writes it', () => {
    expect(parseColor('#0063D3')).toEqual([0, 99, 211]);
    expect(parseColor('#0063d380')).toEqual([0, 99, 211]);
    expect(parseColor(' #fa0 ')).toEqual([255, 170, 0]);
    expect(parseColor('rgba(1, 2, 3, 0.5)')).toEqual([1, 2, 3]);
    expect(parseColor('rgb(1 2 3 / 50%)')).toEqual([1, 2, 3]);
    for (const other of ['', 'red', '#12', '#12345', 'rgb(a, b, c)']) expect(parseColor(other)).toBeUndefined();
  });

  it('has the contrast that WCAG defines', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 9);
    // A well-known pair: the lightest grey that is readable on white is #767676.
    expect(contrast([0x76, 0x76, 0x76], [255, 255, 255])).toBeCloseTo(4.54, 2);
    expect(contrast([0x77, 0x77, 0x77], [255, 255, 255])).toBeCloseTo(4.48, 2);
  });
});

describe('the colour of a cell', () => {
  it('is seen, and leaves its number readable, in each of the four themes', () => {
    for (const [background, text, ...tints] of Object.values(themes)) {
      for (const tint of tints) expect(largestMix(background, tint, text, 0.6)).toBeGreaterThanOrEqual(0.25);
    }
  });

  it('leaves its number readable in any theme, at every strength', () => {
    fc.assert(
      fc.property(colors, colors, colors, (background, tint, text) => {
        const most = largestMix(css(background), css(tint), css(text), 0.6);
        expect(most >= 0 && most <= 0.6).toBe(true);
        const wanted = Math.min(4.5, contrast(background, text) * 0.8);
        for (let share = 0; share <= most + 1e-9; share += 0.01) {
          const mixed = background.map((value, i) => value + (tint[i]! - value) * share) as [number, number, number];
          expect(contrast(mixed, text)).toBeGreaterThanOrEqual(wanted - 1e-6);
        }
      }),
    );
  });

  it('is a weak one where the theme can not be read', () => {
    expect(largestMix('', 'red', '#000', 0.6)).toBe(0.3);
  });
});
