import type { SproutConfig } from '@sprout/process';
import type { Dashboard } from './dashboard.ts';
import { marketDashboard } from './market.ts';
import { platformDashboard } from './platform.ts';
import { serviceDashboard } from './service.ts';
import { detailDashboard } from './slo-detail.ts';
import { overviewDashboard } from './slo-overview.ts';

/** Every dashboard of a configuration. Pure. */
export function dashboards(config: Pick<SproutConfig, 'signals' | 'objectives'>): Dashboard[] {
  const example = config.objectives.find(({ pages }) => pages) ?? config.objectives[0];
  const others = [
    overviewDashboard(),
    ...(example === undefined ? [] : [detailDashboard(example.id)]),
    serviceDashboard(),
    marketDashboard(config),
  ];
  return [...others, platformDashboard(config, others)];
}
