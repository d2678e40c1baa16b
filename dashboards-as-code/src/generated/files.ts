import { classicDashboard, dashboardManifest } from '@sprout/grafana';
import type { GeneratedFiles, SproutConfig } from '@sprout/process';
import { dashboards } from '../dashboards/all.ts';
import { modelFiles } from './models.ts';

/**
 * Every dashboard as a v2 manifest, as classic JSON and as the model that the console draws: path
 * below the output folder → text.
 * Pure; equal configurations give equal bytes.
 */
export function generatedFiles(
  config: Pick<SproutConfig, 'signals' | 'objectives'>,
): GeneratedFiles {
  const models = [...modelFiles(config)].map(([name, text]) => [`models/${name}`, text] as const);
  const forGrafana = dashboards(config).flatMap(({ model }) => [
    [`v2/${model.slug}.json`, printed(dashboardManifest(model))] as const,
    [`classic/${model.slug}.json`, printed(classicDashboard(model))] as const,
  ]);
  return new Map([...forGrafana, ...models]);
}

const printed = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;
