import type { DashboardModel } from '@sprout/grafana/model';
import type { DashboardFile } from '@sprout/grafana/model-file';
import type { GeneratedFiles, SproutConfig } from '@sprout/process';
import { dashboards } from '../dashboards/all.ts';
import { folderModels } from '../dashboards/dashboard.ts';

/** The models that the console draws: file name → text. Pure. */
export function modelFiles(config: Pick<SproutConfig, 'signals' | 'objectives'>): GeneratedFiles {
  return new Map(
    dashboards(config).map(({ model }) => [
      `${model.slug}.json`,
      `${JSON.stringify(fileOf(model), null, 2)}\n`,
    ]),
  );
}

/** A file has the folder's name as people read it. */
const fileOf = (model: DashboardModel): DashboardModel & Pick<DashboardFile, 'folderTitle'> => ({
  folderTitle: folderModels.find(({ name }) => name === model.folder)?.title ?? model.folder,
  ...model,
});
