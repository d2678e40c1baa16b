import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withEmitted } from '@sprout/grafana/model';
import type { DashboardModel } from '@sprout/grafana/model';
import { dashboardFileSchema } from '@sprout/grafana/model-file';
import { SproutError } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';

type Watched = Pick<SproutConfig, 'dashboardsDir' | 'signals'>;

/**
 * The boards that `dashboardsDir` holds, as `dashboards apply` makes them; none without a directory.
 * Throws SproutError `DASHBOARD_INVALID` when it cannot be read.
 */
export function boardsOf({ dashboardsDir, signals }: Watched): DashboardModel[] {
  if (dashboardsDir === undefined) return [];
  try {
    return readdirSync(dashboardsDir)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => readFileSync(join(dashboardsDir, name), 'utf8'))
      .flatMap((text) => withEmitted(dashboardFileSchema.parse(JSON.parse(text)), signals) ?? []);
  } catch (cause) {
    throw new SproutError('DASHBOARD_INVALID', `cannot read the boards in ${dashboardsDir}`, {
      hint: 'write them with ./sprout dashboards build, or correct dashboardsDir',
      cause,
    });
  }
}
