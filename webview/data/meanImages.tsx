import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { readableFiles, type DataFacts, type FileFacts } from '../../src/core/data/dataFacts';
import { count } from '../../src/core/text';
import { DigitCanvas } from '../shared/digitCanvas';
import { usePixelRatio } from '../shared/pixelRatio';
import { wholeScale } from '../shared/tileLayout';
import { meanZoom, toDigits } from './dataModel';
import { ShowMore } from './showMore';

const FIRST = 32;
const MORE = 64;

interface MeanImagesProps {
  readonly facts: DataFacts;
  readonly invert: boolean;
}

/** The mean image of each label. */
export function MeanImages({ facts, invert }: MeanImagesProps): JSX.Element {
  const files = readableFiles(facts).filter(({ means }) => means.length > 0);
  if (files.length === 0) return <p>There is no label, so there is nothing to take the mean of.</p>;
  return (
    <>
      {files.map(file => (
        <div key={file.role}>
          {files.length > 1 && <h3>{file.name}</h3>}
          <MeansOfFile file={file} invert={invert} />
        </div>
      ))}
    </>
  );
}

function MeansOfFile({ file, invert }: { readonly file: FileFacts; readonly invert: boolean }): JSX.Element {
  const { name, side, classes, classCounts, means, fullInk } = file;
  const [most, setMost] = useState(FIRST);
  const ratio = usePixelRatio();
  const images = useMemo(() => toDigits(means, side, fullInk), [means]);
  const there = images.length;
  const list = useRef<HTMLUListElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => setWidth(list.current?.clientWidth ?? 0);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(list.current!);
    return () => observer.disconnect();
  }, []);
  const scale = wholeScale(meanZoom(side, there, width), ratio);
  return (
    <>
      <ul ref={list} class="means" data-testid={`means-${file.role}`}>
        {classes.slice(0, Math.min(most, there)).map((label, i) => (
          <li key={label} title={`Label ${label}: mean of ${count(classCounts[i]!)} images`}>
            <DigitCanvas
              digits={[images[i]]}
              side={side}
              scale={scale}
              ratio={ratio}
              invert={invert}
              label={`Mean image of label ${label} in ${name}`}
            />
            <span class="numbers">
              <span class="hidden-text">Label </span>
              <strong>{label}</strong>
            </span>
          </li>
        ))}
      </ul>
      <ShowMore
        shown={most}
        total={there}
        what="labels"
        testId={`more-means-${file.role}`}
        onMore={() => setMost(most + MORE)}
      />
      {there < classes.length && <p class="muted">Mean images are made of the first {count(there)} labels.</p>}
    </>
  );
}
