import { treeOf } from '@sprout/query';
import { measureOf } from './measure.ts';
import type { Measure } from './measure.ts';
import { panelCheck, promqlOf } from './subject.ts';

/** Units of Grafana's that say the truth about what a query measures. */
const unitsOf: Readonly<Record<Measure, readonly string[]>> = {
  seconds: ['s'],
  // A sum of durations is no duration: `s` is for a mean or a quantile.
  'seconds per second': ['short', 'percentunit'],
  bytes: ['bytes'],
  'bytes per second': ['Bps'],
  count: ['short', 'none'],
  'count per second': ['cps', 'reqps', 'short'],
  ratio: ['percentunit', 'short', 'none'],
};

export const unit = panelCheck({
  name: 'panel-unit',
  summary: 'A unit that contradicts what the metric measures.',
  why: 'Seconds shown as milliseconds are wrong by a thousand, and nobody notices before an incident.',
  fix: 'Take the unit that follows from the suffix of the metric and from `rate`.',
  bad: { unit: 'bytes' },
  messages: ({ unit: ofPanel, queries, view }, { signals, known }) =>
    view === 'statetimeline' || view === 'nodegraph'
      ? []
      : queries.flatMap((query) => {
          const expr = promqlOf(query);
          const shown = query.unit ?? ofPanel;
          if (expr === undefined) return [];
          const measure = measureOf(treeOf(expr), { signals, known });
          if (measure === undefined || unitsOf[measure].includes(shown)) return [];
          return [`it measures ${measure} and is shown as ${shown}: ${query.expr}`];
        }),
});
