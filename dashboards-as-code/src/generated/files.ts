import { classicDashboard, dashboardManifest } from '@sprout/grafana';
import type { GeneratedFiles, SproutConfig } from '@sprout/process';
import { dashboards } from '../dashboards/all.ts';

/**
 * Every dashboard as a v2 manifest and as classic JSON: path below the output folder → text.
 * Pure; equal configurations give equal bytes.
 */
export function generatedFiles(
  config: Pick<SproutConfig, 'signals' | 'objectives'>,
): GeneratedFiles {
  return new Map(
    dashboards(config).flatMap(({ model }) => [
      [`v2/${model.slug}.json`, printed(dashboardManifest(model))] as const,
      [`classic/${model.slug}.json`, printed(classicDashboard(model))] as const,
    ]),
  );
}

const printed = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;
