import type { SproutConfig } from '@sprout/process';
import { namesIn } from '@sprout/query';
import { signalRow } from '../panels/signal-row.ts';
import { datasourceVariable, links, slugs } from '../panels/variables.ts';
import type { Dashboard } from './dashboard.ts';

/**
 * Counters whose series appear with their first event, and that event is trouble: a panel would
 * be empty on every healthy stack. Their alerts tell of them.
 */
export const onlyInTrouble: readonly string[] = [
  'collector_dropped_items_total',
  'collector_remote_write_retries_total',
];

/** Sprout itself: every signal that none of the other dashboards shows, a row for each owner. */
export function platformDashboard(
  { signals }: Pick<SproutConfig, 'signals'>,
  others: readonly Dashboard[],
): Dashboard {
  const shown = others.flatMap(metricsOf);
  const rest = signals
    .filter(({ name }) => !onlyInTrouble.includes(name))
    .filter(({ name }) => !shown.some((metric) => metric === name || metric === `${name}_bucket`));
  return {
    model: {
      slug: slugs.platform,
      title: 'Sprout',
      description: 'The watchers: what services send, what the collector and the meter do with it.',
      tags: ['sprout'],
      variables: [datasourceVariable],
      rows: [...Map.groupBy(rest, ({ owner }) => owner)]
        .map(([owner, members]) => signalRow(owner === 'any' ? 'services' : owner, members))
        .filter(({ panels }) => panels.length > 0),
      links,
    },
    examples: () => ({}),
  };
}

function metricsOf({ model }: Dashboard): string[] {
  return model.rows
    .flatMap((row) => row.panels.flatMap((panel) => panel.queries))
    .flatMap(({ expr }) => namesIn(expr.replaceAll('$__rate_interval', '5m')).metrics);
}
