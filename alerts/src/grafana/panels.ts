import { identify } from '@sprout/grafana';
import type { DashboardModel, PanelModel, PanelReference } from '@sprout/grafana';
import { namesIn } from '@sprout/query';
import { linkedBoard } from '../rule/links.ts';
import type { AlertRule } from '../rule/rule.ts';

/** Finds the panel on which an alert is seen. */
export type PanelFinder = (rule: AlertRule) => PanelReference | undefined;

interface Shown extends PanelReference {
  readonly metrics: ReadonlySet<string>;
  readonly isLines: boolean;
}

/**
 * The panel that reads most of what an alert reads: of the board that it links to, or of any where
 * that one shows nothing of it. Among equals lines come first, since Grafana marks times on them.
 */
export function panelFinder(boards: readonly DashboardModel[]): PanelFinder {
  const panels = boards.flatMap(shownOn);
  return (rule) => {
    const reads = namesIn(rule.expr.text).metrics;
    const own = linkedBoard(rule.annotations.dashboard_url);
    const score = ({ metrics, dashboardUid, isLines }: Shown) => {
      const same = reads.filter((name) => metrics.has(name)).length;
      const akin = reads.filter((name) => metrics.has(counted(name))).length;
      if (akin === 0) return 0;
      return (dashboardUid === own ? 1000 : 0) + (same + akin) * 2 + (isLines ? 1 : 0);
    };
    const best = panels.reduce<Shown | undefined>(
      (found, panel) => (score(panel) > (found === undefined ? 0 : score(found)) ? panel : found),
      undefined,
    );
    return best && { dashboardUid: best.dashboardUid, panelId: best.panelId };
  };
}

const shownOn = (board: DashboardModel): Shown[] =>
  identify(board)
    .flat()
    .map(({ panel, id }) => ({
      dashboardUid: board.slug,
      panelId: id,
      metrics: metricsOf(panel),
      isLines: panel.view === 'timeseries',
    }));

/** Words of the queries: their variables keep them from being parsed as PromQL. */
const metricsOf = ({ queries }: PanelModel): ReadonlySet<string> =>
  new Set(
    queries
      .filter(({ source = 'metrics' }) => source === 'metrics')
      .flatMap(({ expr }) => expr.match(/[a-zA-Z_:][\w:]*/g) ?? [])
      .flatMap((name) => [name, counted(name)]),
  );

/** A histogram is one thing, whichever of its series is read. */
const counted = (name: string): string => name.replace(/_(bucket|count|sum)$/, '');
