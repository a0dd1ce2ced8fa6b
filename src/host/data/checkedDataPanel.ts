import * as v from 'valibot';
import { record } from '../../core/bounds';
import type { DataPanelHost } from '../../protocol/dataPanel';
import { checkedHost, error, nothing, row } from '../webview/checkedHost';

const role = v.picklist(['train', 'test']);

/** What a data page's view may ask, with nothing but what it may ask with. */
export function checkedDataPanel(methods: DataPanelHost): DataPanelHost {
  return checkedHost<DataPanelHost>(methods, {
    ready: nothing,
    reload: nothing,
    cancel: nothing,
    preview: role,
    revealRow: v.pipe(
      record({ role, row }),
      v.transform(place => ({ role: place.role, row: place.row })),
    ),
    revealLine: v.pipe(
      record({ role, line: row }),
      v.transform(place => ({ role: place.role, line: place.line })),
    ),
    showLog: nothing,
    logError: error,
  });
}
