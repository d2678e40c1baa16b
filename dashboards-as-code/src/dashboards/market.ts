import type { SproutConfig } from '@sprout/process';
import { signalRow } from '../panels/signal-row.ts';
import { datasourceVariable, links, slugs } from '../panels/variables.ts';
import type { Dashboard } from './dashboard.ts';

/** Sprout's own processes have a dashboard of their own, and what every service emits too. */
const shownElsewhere = ['any', 'collector', 'slo-service'];

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
        signalRow(owner, members),
      ),
      links,
    },
    examples: () => ({}),
  };
}
