import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { readableFiles, type DataFacts } from '../../src/core/data/dataFacts';
import type { DuplicateGroup, DuplicateRow } from '../../src/core/data/duplicates';
import { count } from '../../src/core/text';
import type { RowPlace } from '../../src/protocol/dataPanel';
import { DigitCanvas } from '../shared/digitCanvas';
import type { DigitPixels } from '../shared/ink';
import { usePixelRatio } from '../shared/pixelRatio';
import { wholeScale } from '../shared/tileLayout';
import { duplicateKinds, groupTitle, noDuplicates, rowWords, toDigits, type FileNames } from './dataModel';
import { ShowMore } from './showMore';

/** About the width of an image, in CSS pixels. */
const IMAGE_WIDTH = 56;

interface DuplicatesProps {
  readonly facts: DataFacts;
  /** Number of groups to show. */
  readonly most: number;
  readonly invert: boolean;
  readonly onMore: () => void;
  readonly onRow: (place: RowPlace) => void;
}

/** Images that occur more than once, those with different labels first. */
export function Duplicates({ facts, most, invert, onMore, onRow }: DuplicatesProps): JSX.Element {
  const { groupCount, counts, groups, pixels } = facts.duplicates;
  const files = readableFiles(facts);
  const side = files[0]?.side ?? 28;
  const fullInk = Math.max(1, ...files.map(file => file.fullInk));
  const images = useMemo(() => toDigits(pixels, side, fullInk), [pixels]);
  if (files.length === 0) return <p>There is no image to compare.</p>;
  const names: FileNames = Object.fromEntries(files.map(({ role, name }) => [role, name]));
  if (groupCount === 0) {
    return <p data-testid="no-duplicates">{noDuplicates(files)}</p>;
  }
  return (
    <>
      <table class="numbers" data-testid="duplicate-counts">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" class="right">
              Images
            </th>
            <th scope="col" class="right">
              Rows
            </th>
          </tr>
        </thead>
        <tbody>
          {duplicateKinds(files).map(({ kind, words }) => (
            <tr key={kind}>
              <th scope="row">{words}</th>
              <td class="right">{count(counts[kind].groups)}</td>
              <td class="right">{count(counts[kind].rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {groups.length < groupCount && (
        <p class="muted">
          The first {count(groups.length)} of {count(groupCount)} images are listed, those with different labels first.
        </p>
      )}
      <ul class="duplicates" data-testid="duplicates">
        {groups.slice(0, most).map((group, i) => (
          <Group key={i} group={group} names={names} side={side} image={images[i]} invert={invert} onRow={onRow} />
        ))}
      </ul>
      <ShowMore shown={most} total={groups.length} what="images" testId="more-duplicates" onMore={onMore} />
    </>
  );
}

interface GroupProps {
  readonly group: DuplicateGroup;
  readonly names: FileNames;
  readonly side: number;
  /** Undefined where images are large, for groups after the first ones. */
  readonly image: DigitPixels | undefined;
  readonly invert: boolean;
  readonly onRow: (place: RowPlace) => void;
}

function Group({ group, names, side, image, invert, onRow }: GroupProps): JSX.Element {
  const ratio = usePixelRatio();
  const scale = wholeScale(Math.max(1, Math.round(IMAGE_WIDTH / side)), ratio);
  const { rows, rowCount } = group;
  const link = (place: DuplicateRow): JSX.Element => (
    <button
      key={`${place.role} ${place.row}`}
      type="button"
      class="link"
      title="Reveal in Preview"
      onClick={() => onRow({ role: place.role, row: place.row })}
    >
      {rowWords(place, names)}
    </button>
  );
  return (
    <li>
      {image && (
        <DigitCanvas
          digits={[image]}
          side={side}
          scale={scale}
          ratio={ratio}
          invert={invert}
          label={`The image of ${rowWords(rows[0]!, names)}`}
        />
      )}
      <div>
        <strong>{groupTitle(group, names)}</strong>
        <div class="numbers places">
          {rows.map(link)}
          {rows.length < rowCount && <span class="muted">and {count(rowCount - rows.length)} more</span>}
        </div>
      </div>
    </li>
  );
}
