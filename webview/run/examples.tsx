import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { count, percent, plural } from '../../src/core/text';
import type { MisclassifiedImages } from '../../src/protocol/panels';
import type { GridHandle } from '../shared/virtualGrid';
import type { Cell } from './confusionModel';
import { ExampleGrid } from './exampleGrid';
import { selectExamples } from './exampleModel';
import { ExampleInspector, type ExampleQuestions } from './inspector';
import type { RowImages } from './rowImages';

/** Which example the user looks at, by row number; 0 for none. */
export interface Looking {
  readonly row: number;
  readonly inspecting: boolean;
}

interface ExamplesProps {
  readonly misclassified: MisclassifiedImages;
  /** How many images there are in all, and what they are called: "4,200 validation images". */
  readonly total: number;
  readonly totalName: string;
  readonly classes: readonly number[];
  readonly side: number;
  readonly fullInk: number;
  readonly images: RowImages | undefined;
  readonly imagesNote: string | undefined;
  /** Why the images did not come, where another try may bring them. */
  readonly imagesFailure: string | undefined;
  readonly filter: Cell | undefined;
  readonly looking: Looking;
  readonly onLook: (looking: Looking) => void;
  readonly onShowAll: () => void;
  readonly onTryAgain: () => void;
  readonly questions: ExampleQuestions;
}

/** The images that the network got wrong, all of them or those of one cell of the confusion matrix. */
export function Examples(props: ExamplesProps): JSX.Element {
  const { misclassified, classes, side, images, filter, looking } = props;
  const grid = useRef<GridHandle>(null);
  const [asked, setAsked] = useState(0);
  const examples = useMemo(() => selectExamples(misclassified, filter), [misclassified, filter?.label, filter?.predicted]);
  const active = examples.findIndex(({ row }) => row === looking.row);
  const all = misclassified.rows.length;

  const look = (index: number, inspecting: boolean): void => props.onLook({ row: examples[index]!.row, inspecting });
  const example = looking.inspecting ? examples[active] : undefined;

  // Of the tiles in view, and of the inspector, which may show one that is not.
  const range = useRef({ first: 0, last: -1 });
  const fetchImages = (): void => {
    const inView = examples.slice(range.current.first, range.current.last + 1).map(({ row }) => row);
    images?.want(example ? [example.row, ...inView] : inView);
  };
  useEffect(fetchImages, [images, examples, example?.row]);

  return (
    <section aria-labelledby="examples" class="examples-section" data-testid="examples">
      <div class="section-title">
        <h2 id="examples">Misclassified images</h2>
        {filter && <vscode-button appearance="secondary" data-testid="show-all" onClick={props.onShowAll}>Show All</vscode-button>}
      </div>
      <p class="muted numbers" role="status" data-testid="examples-count">
        {filter
          ? `${plural(examples.length, 'image')} of ${count(all)}: true ${classes[filter.label]!} → predicted ${classes[filter.predicted]!}`
          : `${count(all)} of ${props.totalName} (${percent(all / props.total)}); those that the network was surest of come first`}
      </p>
      {props.imagesNote !== undefined && <p class="notice" data-testid="images-note">{props.imagesNote}</p>}
      {props.imagesFailure !== undefined && (
        <div class="notice notice-error" role="alert" data-testid="images-failure">
          <span>{props.imagesFailure}</span>
          <vscode-button appearance="secondary" onClick={props.onTryAgain}>Try Again</vscode-button>
        </div>
      )}
      {examples.length === 0 ? (
        <p>{all === 0 ? 'Every image was recognised.' : 'No image is left with this filter.'}</p>
      ) : (
        <div class={example ? 'examples examples-inspecting' : 'examples'}>
          <ExampleGrid
            key={filter ? `${filter.label}-${filter.predicted}` : 'all'}
            examples={examples}
            classes={classes}
            side={side}
            images={images}
            active={active}
            handle={grid}
            onActive={index => look(index, looking.inspecting)}
            onOpen={index => {
              look(index, true);
              setAsked(asked + 1);
            }}
            onRange={(first, last) => {
              range.current = { first, last };
              fetchImages();
            }}
          />
          {example && (
            <ExampleInspector
              example={example}
              index={active}
              total={examples.length}
              classes={classes}
              side={side}
              fullInk={props.fullInk}
              hasImages={images !== undefined}
              digit={images?.get(example.row)}
              questions={props.questions}
              asked={asked}
              onStep={by => {
                const next = active + by;
                if (!examples[next]) return;
                look(next, true);
                grid.current?.show(next);
              }}
              onClose={() => {
                look(active, false);
                grid.current?.focus();
              }}
            />
          )}
        </div>
      )}
    </section>
  );
}
