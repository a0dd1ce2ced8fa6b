import { describe, expect, it } from 'vitest';
import { InspectorAnswers, onlyImage } from '../../../../src/host/inspector/inspectorAnswers';
import type { ExplainService } from '../../../../src/host/runs/explainService';
import type { ExplainedImage, ExplainProgress } from '../../../../src/protocol/explain';

const engine = { name: 'native', library: 'TensorFlow', processes: 1, threads: 1 } as const;

/** A service that answers when it is told to. */
function setUp() {
  const questions: {
    readonly want: string;
    readonly row: number;
    readonly ink: number | undefined;
    readonly signal: AbortSignal;
    answer(value: unknown): void;
  }[] = [];
  const held: string[] = [];
  let tell: (event: { runFolder: string; progress: ExplainProgress }) => void = () => undefined;
  const service = {
    onDidProgress: (listener: typeof tell) => {
      tell = listener;
      return { dispose: () => undefined };
    },
    hold: (runFolder: string) => {
      held.push(`+${runFolder}`);
      return { dispose: () => void held.push(`-${runFolder}`) };
    },
    ask: (want: string, _: string, { trainingRow, ink }: ExplainedImage, signal: AbortSignal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        questions.push({ want, row: trainingRow!, ink, signal, answer: value => resolve({ engine, value }) });
      }),
  } as unknown as ExplainService;
  const progress: ExplainProgress[] = [];
  const answers = new InspectorAnswers<{ run: string; row: number }>(
    service,
    async ({ run, row }) => ({ runFolder: run, pixels: Uint8Array.of(row), ink: 16, trainingRow: row }),
    told => void progress.push(told),
  );
  return {
    answers,
    questions,
    held,
    progress,
    tell: (runFolder: string) => tell({ runFolder, progress: { phase: 'looking', share: 0.5 } }),
  };
}

const settled = (): Promise<unknown> => new Promise(resolve => setTimeout(resolve));

describe('the answers to an inspector', () => {
  it('are only that to the last question of a kind: those before are cancelled, where they have been asked as well', async () => {
    const { answers, questions } = setUp();
    const first = answers.methods.occlusion({ run: 'a', row: 1 });
    await settled();
    const passed = answers.methods.occlusion({ run: 'a', row: 2 });
    const last = answers.methods.occlusion({ run: 'a', row: 3 });
    const other = answers.methods.probabilities({ run: 'a', row: 1 });
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await expect(passed).rejects.toMatchObject({ code: 'cancelled' });
    await settled();
    expect(questions.map(({ want, row }) => `${want} ${row}`)).toEqual([
      'occlusion 1',
      'occlusion 3',
      'probabilities 1',
    ]);
    questions[1]!.answer({ drops: Float32Array.of(1) });
    questions[2]!.answer(Float32Array.of(0.5));
    await expect(last).resolves.toEqual({ engine, value: { drops: Float32Array.of(1) } });
    await expect(other).resolves.toEqual({ engine, value: Float32Array.of(0.5) });
  });

  it('are of the image on the scale of its own file', async () => {
    const { answers, questions } = setUp();
    void answers.methods.probabilities({ run: 'a', row: 1 });
    await settled();
    expect(questions[0]!.ink).toBe(16);
  });

  it('do not take the memory of the message along that they came with', async () => {
    const { answers, questions } = setUp();
    const answer = answers.methods.occlusion({ run: 'a', row: 1 });
    await settled();
    questions[0]!.answer({ grid: { side: 2 }, drops: new Float32Array(1000).fill(7).subarray(10, 12) });
    const { value } = await answer;
    expect(value).toEqual({ grid: { side: 2 }, drops: Float32Array.of(7, 7) });
    expect(value.drops.buffer.byteLength).toBe(8);
    const list = answers.methods.neighbours({ run: 'a', row: 1 });
    await settled();
    questions[1]!.answer([Float32Array.of(1), Float32Array.of(2)]);
    expect((await list).value).toEqual([Float32Array.of(1), Float32Array.of(2)]);
  });

  it('are waited for no more once they are cancelled', async () => {
    const { answers } = setUp();
    const occlusion = answers.methods.occlusion({ run: 'a', row: 1 });
    const neighbours = answers.methods.neighbours({ run: 'a', row: 1 });
    await settled();
    answers.methods.cancelQuestion('occlusion');
    await expect(occlusion).rejects.toMatchObject({ code: 'cancelled' });
    answers.methods.cancelQuestion(undefined);
    await expect(neighbours).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('hold the network of one run at a time, and tell of its progress alone', async () => {
    const { answers, held, progress, tell } = setUp();
    for (const run of ['a', 'a', 'b']) {
      answers.methods.probabilities({ run, row: 1 }).catch(() => undefined);
      await settled();
      tell('a');
    }
    expect(held).toEqual(['+a', '-a', '+b']);
    expect(progress).toHaveLength(2);
    answers.dispose();
    expect(held.at(-1)).toBe('-b');
  });
});

describe('what a view sends', () => {
  it('names a row that has an image, or the sentence is that of the file', () => {
    const page = { rows: Uint32Array.of(3), labels: undefined, pixels: Uint8Array.of(9), problems: [] };
    expect(onlyImage(page, 3)).toEqual(Uint8Array.of(9));
    expect(() =>
      onlyImage(
        { ...page, rows: new Uint32Array(), problems: [{ kind: 'pixel', row: 3, line: 4, message: 'Row 3 is bad.' }] },
        3,
      ),
    ).toThrow('Row 3 is bad.');
    expect(() => onlyImage({ ...page, rows: new Uint32Array() }, 7)).toThrow('no row 7');
  });
});
