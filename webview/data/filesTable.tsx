import type { JSX } from 'preact';
import type { DataFacts, FileFacts } from '../../src/core/data/dataFacts';
import type { FileRole } from '../../src/core/data/duplicates';
import { bytes, count } from '../../src/core/text';
import type { DataFileHead } from '../../src/protocol/dataPanel';
import { missingWords } from './dataModel';

interface FilesTableProps {
  readonly files: readonly DataFileHead[];
  readonly facts: DataFacts | undefined;
  /** The facts are still being read. */
  readonly reading: boolean;
  readonly onPreview: (role: FileRole) => void;
}

const setNames: Readonly<Record<FileRole, string>> = { train: 'training set', test: 'test set' };

interface Fact {
  readonly name: string;
  readonly words: (facts: FileFacts) => string;
  /** What the header tells before the file is read. */
  readonly known?: (header: NonNullable<DataFileHead['header']>) => string | undefined;
}

const factsOfFile: readonly Fact[] = [
  { name: 'Rows', words: ({ rows }) => count(rows) },
  { name: "Rows that can't be read", words: ({ problemCount }) => (problemCount === 0 ? 'none' : count(problemCount)) },
  { name: 'Missing values', words: missingWords },
  {
    name: 'Labels',
    words: ({ hasLabels, classes }) => (hasLabels ? `${count(classes.length)} different` : 'none'),
    known: ({ hasLabels }) => (hasLabels ? undefined : 'none'),
  },
  { name: 'Pixel values', words: ({ pixelRange }) => (pixelRange ? `${pixelRange[0]} to ${pixelRange[1]}` : '–') },
];

/** A column per file: what the header tells at once, the rest once the file is read. */
export function FilesTable({ files, facts, reading, onPreview }: FilesTableProps): JSX.Element {
  const cell = ({ role, header }: DataFileHead, { words, known }: Fact): JSX.Element => {
    const own = facts?.files.find(file => file.role === role);
    const told = own && 'rows' in own ? words(own) : header && known?.(header);
    return told === undefined ? <span class="muted">{reading ? 'reading…' : '–'}</span> : <>{told}</>;
  };
  return (
    <table class="numbers" data-testid="data-files">
      <thead>
        <tr>
          <td>
            <span class="hidden-text">Fact</span>
          </td>
          {files.map(({ role, name }) => (
            <th key={role} scope="col">
              <button
                type="button"
                class="link"
                title={`Preview the images of ${name}`}
                data-testid={`preview-${role}`}
                onClick={() => onPreview(role)}
              >
                {name}
              </button>
              <span class="muted file-set">{setNames[role]}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Size</th>
          {files.map(({ role, size }) => (
            <td key={role}>{bytes(size)}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">Images</th>
          {files.map(({ role, header }) => (
            <td key={role}>{header ? `${header.side} × ${header.side} pixels` : '–'}</td>
          ))}
        </tr>
        {factsOfFile.map(fact => (
          <tr key={fact.name}>
            <th scope="row">{fact.name}</th>
            {files.map(head => (
              <td key={head.role}>{cell(head, fact)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
