import { never } from '../../support/extensionHost';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExampleFilter } from '../../../../../webview/run/examples/exampleFilter';
import { everything } from '../../../../../webview/run/examples/exampleFilter';
import { Examples, type Looking } from '../../../../../webview/run/examples/examples';
import type { ExampleQuestions } from '../../../../../webview/run/examples/inspector';

const questions: ExampleQuestions = {
  key: '',
  file: 'train.csv',
  occlusion: () => never,
  neighbours: () => never,
  reveal: () => never,
  revealTraining: () => never,
  cancelQuestion: () => undefined,
};
/** Row 4 is a 0 taken for a 1, row 9 a 1 taken for a 0 with less certainty. */
const misclassified = {
  rows: Uint32Array.of(4, 9),
  labels: Uint16Array.of(0, 1),
  predicted: Uint16Array.of(1, 0),
  probabilities: Float32Array.of(0.1, 0.9, 0.6, 0.4),
};

let filters: ExampleFilter[];
let looks: Looking[];
let tries: number;
beforeEach(() => {
  filters = [];
  looks = [];
  tries = 0;
});
afterEach(cleanup);

function show(changes: Partial<Parameters<typeof Examples>[0]> = {}): void {
  render(
    <Examples
      misclassified={misclassified}
      total={1000}
      totalName="1,000 validation images"
      classes={[3, 8]}
      side={2}
      fullInk={255}
      images={undefined}
      imagesNote={undefined}
      imagesFailure={undefined}
      filter={everything}
      sort="margin"
      looking={{ row: 0, inspecting: false }}
      top={{ current: 0 }}
      onLook={looking => looks.push(looking)}
      onFilter={filter => filters.push(filter)}
      onSort={() => undefined}
      onTop={() => undefined}
      onTryAgain={() => tries++}
      questions={questions}
      {...changes}
    />,
  );
}
const said = (): string => screen.getByTestId('examples-count').textContent ?? '';

describe('the gallery of mistakes', () => {
  it('says how many there are of how many, and what comes first', () => {
    show();
    expect(said()).toBe('2 of 1,000 validation images (0.20 %); those that the network was surest of come first');
  });

  it('says which it shows where some are filtered, and leads back to all', () => {
    show({ filter: { label: 0, predicted: undefined } });
    expect(said()).toMatch(/^1 image of 2: /);
    fireEvent.click(screen.getByTestId('show-all'));
    expect(filters).toEqual([everything]);
  });

  it('says so where no mistake is of the classes asked for, or there is none at all', () => {
    show({ filter: { label: 0, predicted: 0 } });
    expect(screen.getByText('No misclassified image is of these classes.')).toBeTruthy();
    cleanup();
    const none = {
      rows: new Uint32Array(),
      labels: new Uint16Array(),
      predicted: new Uint16Array(),
      probabilities: new Float32Array(),
    };
    show({ misclassified: none });
    expect(screen.getByText('Every image was recognised.')).toBeTruthy();
  });

  it('says why its images do not come, and tries again when asked', () => {
    show({ imagesFailure: 'The disk is gone.' });
    expect(screen.getByTestId('images-failure').textContent).toContain('The disk is gone.');
    fireEvent.click(screen.getByText('Try Again'));
    expect(tries).toBe(1);
  });

  it('shows the one that is looked at, with its place among those shown', () => {
    show({ looking: { row: 9, inspecting: true } });
    const inspector = screen.getByTestId('inspector');
    expect(inspector.textContent).toContain('Row 9');
    expect(inspector.textContent).toContain('2 of 2');
    fireEvent.keyDown(inspector, { key: 'ArrowLeft' });
    expect(looks).toEqual([{ row: 4, inspecting: true }]);
    fireEvent.keyDown(inspector, { key: 'Escape' });
    expect(looks.at(-1)).toEqual({ row: 9, inspecting: false });
  });
});
