import type { JSX } from 'preact';
import type { FileChange } from '../../src/protocol/fileChange';

interface ChangeNoticeProps {
  readonly file: string;
  readonly change: FileChange | undefined;
  readonly onReload: () => void;
}

/** Says that the file changed, or is gone, since its images were read. */
export function ChangeNotice({ file, change, onReload }: ChangeNoticeProps): JSX.Element | null {
  if (change === undefined) return null;
  return (
    <div class="notice" role="status" data-testid="changed">
      {change === 'gone' ? (
        <span>{file} was deleted or moved; these are its images from before. Put it back to read it again.</span>
      ) : (
        <>
          <span>{file} changed on disk; these are its images from before.</span>
          <vscode-button onClick={onReload}>Reload</vscode-button>
        </>
      )}
    </div>
  );
}
