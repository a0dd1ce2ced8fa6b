import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../../src/core/run/evaluation';
import type { RunRecord } from '../../../../src/core/run/runRecord';
import type { EvaluationView, RunPanelState } from '../../../../src/protocol/runPanel';
import { evaluationFacts, evaluationName, imageSet } from '../../../../webview/run/imageSet';

const evaluation: Evaluation = {
  id: 'a',
  file: 'more/test.csv',
  fingerprint: 'f',
  created: '2026-11-22T16:05:10.000Z',
  epoch: 2,
  images: 10_000,
  right: 9876,
};
const view: EvaluationView = {
  confusion: [],
  confidence: undefined,
  misclassified: {
    rows: new Uint32Array(),
    labels: new Uint16Array(),
    predicted: new Uint16Array(),
    probabilities: new Float32Array(),
  },
  imagesNote: 'gone',
};
const run = { data: { validationRows: 4200, fingerprint: 'other' } } as RunRecord;
const state = { run, validation: view, imagesNote: undefined } as unknown as RunPanelState;

describe('the images that matrix and gallery are about', () => {
  it('are the validation set unless an evaluation was chosen', () => {
    expect(imageSet(state, undefined, undefined)).toEqual({
      evaluation: undefined,
      view,
      images: 4200,
      name: '4,200 validation images',
      imagesNote: undefined,
    });
    expect(imageSet(state, evaluation, view)).toEqual({
      evaluation: 'a',
      view,
      images: 10_000,
      name: '10,000 images of test.csv',
      imagesNote: 'gone',
    });
    expect(imageSet(state, evaluation, undefined).view).toBeUndefined();
  });

  it('are told apart by their folders where their files have one name', () => {
    const other = { ...evaluation, id: 'b', file: '../test.csv' };
    expect(evaluationName(evaluation, [evaluation])).toBe('test.csv (10,000)');
    expect(evaluationName(other, [evaluation, other])).toBe('../test.csv (10,000)');
  });

  it('come with a word of caution where the network knows them', () => {
    expect(evaluationFacts(evaluation, run)).toHaveLength(1);
    expect(evaluationFacts({ ...evaluation, fingerprint: 'other' }, run)[1]).toContain(
      'was trained on images of this very file',
    );
  });

  it('come with what was done to them before the network saw them', () => {
    const notes = ['test.csv has pixel values up to 1, so they were scaled to match.'];
    expect(evaluationFacts({ ...evaluation, notes }, run).slice(1)).toEqual(notes);
  });
});
