import type { DashboardModel } from '@sprout/grafana/model';
import type { DashboardFile } from '@sprout/grafana/model-file';
import type { GeneratedFiles, SproutConfig } from '@sprout/process';
import { signalSchema } from '@sprout/signals';
import type { Metric } from '@sprout/signals';
import { dashboards, optionalSignals } from '../dashboards/all.ts';
import { folderModels } from '../dashboards/dashboard.ts';

/**
 * The models that the console draws: file name → text. They have the rows of every way to run;
 * who serves them leaves out those whose signals nobody emits. Pure.
 */
export function modelFiles({
  signals,
  objectives,
}: Pick<SproutConfig, 'signals' | 'objectives'>): GeneratedFiles {
  const known = new Set(signals.map(({ name }) => name));
  const others = optionalSignals.filter(({ name }) => !known.has(name));
  return new Map(
    dashboards({ signals: [...signals, ...compiled(others)], objectives }).map(({ model }) => [
      `${model.slug}.json`,
      `${JSON.stringify(fileOf(model), null, 2)}\n`,
    ]),
  );
}

/** As a configuration holds them: plain data. */
const compiled = (signals: readonly Metric[]): SproutConfig['signals'] =>
  signals.map((signal) => signalSchema.parse(JSON.parse(JSON.stringify(signal))));

/** A file has the folder's name as people read it. */
const fileOf = (model: DashboardModel): DashboardModel & Pick<DashboardFile, 'folderTitle'> => ({
  folderTitle: folderModels.find(({ name }) => name === model.folder)?.title ?? model.folder,
  ...model,
});
