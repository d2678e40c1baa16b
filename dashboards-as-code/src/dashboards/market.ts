import type { RowModel } from '@sprout/grafana';
import type { SproutConfig } from '@sprout/process';
import { signalPanel } from '../panels/signal-panel.ts';
import { datasourceVariable, links, slugs } from '../panels/variables.ts';
import type { Dashboard } from './dashboard.ts';

/** Signals of the SLO service have dashboards of their own. */
const shownElsewhere = ['any', 'slo-service'];

/** Whatever a single service measures about itself, a row for each owner. */
export function marketDashboard({ signals }: Pick<SproutConfig, 'signals'>): Dashboard {
  const owned = signals.filter(({ owner }) => !shownElsewhere.includes(owner));
  return {
    model: {
      slug: slugs.market,
      title: 'Market',
      description: 'What each part of the market measures about itself alone.',
      tags: ['sprout'],
      variables: [datasourceVariable],
      rows: [...Map.groupBy(owned, ({ owner }) => owner)].map(([owner, members]) =>
        rowOf(owner, members),
      ),
      links,
    },
    examples: () => ({}),
  };
}

function rowOf(owner: string, signals: SproutConfig['signals']): RowModel {
  return {
    title: owner.charAt(0).toUpperCase() + owner.slice(1),
    panels: signals.flatMap((signal) =>
      signal.kind === 'metric' ? signalPanel(signal, { width: 12 }) : [],
    ),
  };
}
