import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boardOf } from '@sprout/alerts/rules';
import { dashboardQueries } from '@sprout/dashboards-as-code';
import { compileConfig } from '@sprout/process';
import { alertsOf } from '@sprout/signals';
import sproutConfig from '../sprout.config.ts';

test('the dashboard an alert leads to shows the signal it looks at', () => {
  const config = compileConfig(sproutConfig, '/');
  const queries = dashboardQueries(config);
  const wrong = config.signals
    .filter((signal) => signal.kind === 'metric' && alertsOf(signal).length > 0)
    .filter(({ panel }) => panel !== undefined)
    .flatMap((signal) => {
      const { slug } = boardOf(signal);
      const reads = new RegExp(`\\b${signal.name}(_bucket|_count|_sum)?\\b`);
      const isShown = queries.some(({ dashboard, expr }) => dashboard === slug && reads.test(expr));
      return isShown ? [] : [`${signal.name} is not on ${slug}`];
    });
  assert.deepEqual(wrong, []);
});

test('every dashboard that alerts lead to exists', () => {
  const config = compileConfig(sproutConfig, '/');
  const known = new Set(dashboardQueries(config).map(({ dashboard }) => dashboard));
  const slugs = config.signals.filter((signal) => alertsOf(signal).length > 0).map(boardOf);
  assert.deepEqual(
    slugs.map(({ slug }) => slug).filter((slug) => !known.has(slug)),
    [],
  );
});
