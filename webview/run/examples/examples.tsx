import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX, RefObject } from 'preact';
import { count, percent, plural } from '../../../src/core/text';
import type { MisclassifiedImages } from '../../../src/protocol/runPanel';
import type { GridHandle } from '../../shared/virtualGrid';
import { everything, filterWords, sameFilter, type ExampleFilter } from './exampleFilter';
import { ExampleGrid } from './exampleGrid';
import { selectExamples, unpackExamples, type ExampleSort } from './exampleModel';
import { ExampleToolbar } from './exampleToolbar';
import { ExampleInspector, type ExampleQuestions } from './inspector';
import type { RowImages } from './rowImages';

/** The example in focus, by row number; 0 for none. */
export interface Looking {
  readonly row: number;
  readonly inspecting: boolean;
}

interface ExamplesProps {
  readonly misclassified: MisclassifiedImages;
  /** The number of images in the set, and their name: "4,200 validation images". */
  readonly total: number;
  readonly totalName: string;
  readonly classes: readonly number[];
  readonly side: number;
  readonly fullInk: number;
  readonly images: RowImages | undefined;
  readonly imagesNote: string | undefined;
  /** Why the images could not be fetched, if another try may help. */
  readonly imagesFailure: string | undefined;
  readonly filter: ExampleFilter;
  readonly sort: ExampleSort;
  readonly looking: Looking;
  /** The index of the example at the top of the grid; updated as the user scrolls. */
  readonly top: RefObject<number>;
  readonly onLook: (looking: Looking) => void;
  readonly onFilter: (filter: ExampleFilter) => void;
  readonly onSort: (sort: ExampleSort) => void;
  readonly onTop: (top: number) => void;
  readonly onTryAgain: () => void;
  readonly questions: ExampleQuestions;
}

/** Says which images come first. */
const firstOnes: Readonly<Record<ExampleSort, string>> = {
  margin: 'those that the network was surest of come first',
  loss: 'those with the highest loss come first',
  row: 'in the order of the file',
};

/** The misclassified images, all or filtered, and the inspector. */
export function Examples(props: ExamplesProps): JSX.Element {
  const { misclassified, classes, side, images, filter, sort, looking } = props;
  const grid = useRef<GridHandle>(null);
  const [asked, setAsked] = useState(0);
  const unpacked = useMemo(() => unpackExamples(misclassified), [misclassified]);
  const examples = useMemo(
    () => selectExamples(unpacked, filter, sort),
    [unpacked, filter.label, filter.predicted, sort],
  );
  const filtered = !sameFilter(filter, everything);
  const active = examples.findIndex(({ row }) => row === looking.row);
  const all = misclassified.rows.length;

  const look = (index: number, inspecting: boolean): void => props.onLook({ row: examples[index]!.row, inspecting });
  const example = looking.inspecting ? examples[active] : undefined;

  // The tiles in view; the inspector may show another image.
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
        {filtered && (
          <vscode-button appearance="secondary" data-testid="show-all" onClick={() => props.onFilter(everything)}>
            Show All
          </vscode-button>
        )}
      </div>
      <p class="muted numbers" role="status" data-testid="examples-count">
        {filtered
          ? `${plural(examples.length, 'image')} of ${count(all)}: ${filterWords(filter, classes)}; ${firstOnes[sort]}`
          : `${count(all)} of ${props.totalName}${props.total === 0 ? '' : ` (${percent(all / props.total)})`}; ${firstOnes[sort]}`}
      </p>
      {all > 0 && (
        <ExampleToolbar classes={classes} filter={filter} sort={sort} onFilter={props.onFilter} onSort={props.onSort} />
      )}
      {props.imagesNote !== undefined && (
        <p class="notice" data-testid="images-note">
          {props.imagesNote}
        </p>
      )}
      {props.imagesFailure !== undefined && (
        <div class="notice notice-error" role="alert" data-testid="images-failure">
          <span>{props.imagesFailure}</span>
          <vscode-button appearance="secondary" onClick={props.onTryAgain}>
            Try Again
          </vscode-button>
        </div>
      )}
      {examples.length === 0 ? (
        <p>{all === 0 ? 'Every image was recognised.' : 'No misclassified image is of these classes.'}</p>
      ) : (
        <div class={example ? 'examples examples-inspecting' : 'examples'}>
          <ExampleGrid
            key={`${filter.label}-${filter.predicted}-${sort}`}
            examples={examples}
            classes={classes}
            side={side}
            images={images}
            sort={sort}
            active={active}
            top={props.top.current || Math.max(0, active)}
            handle={grid}
            onTop={props.onTop}
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
