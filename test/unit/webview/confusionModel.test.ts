import { describe, expect, it } from 'vitest';
import { errorCells, heat, mostErrors, nextCell, recognised } from '../../../webview/run/confusionModel';

const confusion = [
  [90, 1, 0, 9],
  [0, 50, 0, 0],
  [0, 4, 60, 0],
  [2, 0, 0, 70],
];

describe('a confusion matrix', () => {
  it('warms by errors only: the diagonal does not count', () => {
    expect(mostErrors(confusion)).toBe(9);
    expect(heat(9, 9)).toBe(1);
    expect(heat(1, 9)).toBeCloseTo(1 / 3);
    expect(heat(0, 0)).toBe(0);
    expect(mostErrors([[5]])).toBe(0);
  });

  it('tells how much of a class was recognised', () => {
    expect(recognised(confusion[0]!, 0)).toBe(0.9);
    expect(recognised([0, 0, 0, 0], 0)).toBeUndefined();
  });

  it('can be walked with the arrow keys, every error of it', () => {
    const cells = errorCells(confusion);
    expect(cells).toEqual([{ label: 0, predicted: 1 }, { label: 0, predicted: 3 }, { label: 2, predicted: 1 }, { label: 3, predicted: 0 }]);
    for (const [i, cell] of cells.entries()) {
      expect(nextCell(cells, cell, 'ArrowRight')).toEqual(cells[Math.min(i + 1, 3)]);
      expect(nextCell(cells, cell, 'ArrowLeft')).toEqual(cells[Math.max(i - 1, 0)]);
    }
    expect(nextCell(cells, cells[1]!, 'ArrowDown')).toEqual(cells[2]);
    expect(nextCell(cells, cells[2]!, 'ArrowUp')).toEqual(cells[0]);
    expect(nextCell(cells, cells[3]!, 'ArrowDown')).toEqual(cells[3]);
    expect(nextCell(cells, cells[0]!, 'ArrowUp')).toEqual(cells[0]);
    expect(nextCell(cells, cells[3]!, 'Home')).toEqual(cells[0]);
    expect(nextCell(cells, cells[0]!, 'End')).toEqual(cells[3]);
    expect(nextCell(cells, cells[0]!, 'Enter')).toBeUndefined();
  });
});
