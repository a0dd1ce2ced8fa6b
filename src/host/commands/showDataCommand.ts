import path from 'node:path';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { DataPanels } from '../data/dataPanels';
import type { DataSetService } from '../dataSets/dataSetService';

/** "Digits: Show Data": opens the page of a data set. `given`: its folder or one of its files; without it, the current one, asked for where there are several. */
export async function showDataCommand(dataSets: DataSetService, panels: DataPanels, given?: string): Promise<void> {
  if (given === undefined) {
    const chosen = await dataSets.choose();
    if (chosen) panels.open(chosen.folder);
    return;
  }
  const dataSet = (await dataSets.of(given)) ?? (await dataSets.of(path.dirname(given)));
  if (!dataSet)
    throw new DigitsError(
      'no-data',
      sentence`${path.basename(given)} belongs to no data set that Digits has found; run "Digits: Select Data Set" to see those.`,
    );
  panels.open(dataSet.folder);
}
