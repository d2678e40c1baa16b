import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boardOf } from '@sprout/alerts/rules';
import { dashboardQueries, dashboards } from '@sprout/dashboards-as-code';
import { compileConfig } from '@sprout/process';
import { alertsOf } from '@sprout/signals';
import sproutConfig from '../sprout.config.ts';

const config = compileConfig(sproutConfig, '/');
const alerts = config.signals.flatMap((signal) =>
  alertsOf(signal).map((hint) => ({ signal, hint, board: boardOf(signal, hint) })),
);

test('the dashboard an alert leads to shows the signal it looks at', () => {
  const queries = dashboardQueries(config);
  const wrong = alerts.flatMap(({ signal, board: { slug } }) => {
    const reads = new RegExp(`\\b${signal.name}(_bucket|_count|_sum)?\\b`);
    const isShown = queries.some(({ dashboard, expr }) => dashboard === slug && reads.test(expr));
    return isShown ? [] : [`${signal.name} is not on ${slug}`];
  });
  assert.deepEqual(wrong, []);
});

test('every dashboard that alerts lead to exists, and has what they choose on it', () => {
  const variables = new Map(
    dashboards(config).map(({ model }) => [
      model.slug,
      new Set<string>(
        model.variables.flatMap((one) => (one.kind === 'label-values' ? [one.name] : [])),
      ),
    ]),
  );
  const wrong = alerts.flatMap(({ hint, board: { slug, variables: chosen } }) => {
    const known = variables.get(slug);
    if (known === undefined) return [`${hint.name} leads to ${slug}, which is not there`];
    return Object.keys(chosen).flatMap((name) =>
      known.has(name) ? [] : [`${hint.name}: ${slug} has no variable ${name}`],
    );
  });
  assert.deepEqual(wrong, []);
});

test('an alert about one of many chooses it on its dashboard', () => {
  const chosenBy = (name: string) => alerts.find(({ hint }) => hint.name === name)?.board;
  const choosing = (slug: string, label: string) => ({
    slug,
    variables: { [label]: `{{ $labels.${label} }}` },
  });
  assert.deepEqual(chosenBy('TrafficAbsent'), choosing('gateway', 'route'));
  assert.deepEqual(chosenBy('MySQLDown'), choosing('mysql', 'instance'));
  assert.deepEqual(chosenBy('BudgetExhausted'), choosing('slo-detail', 'objective'));
  // Nobody is left out because a board has a choice and the alert has the label.
  const leftOut = alerts.flatMap(({ signal, hint, board }) => {
    const model = dashboards(config).find((one) => one.model.slug === board.slug)?.model;
    return (model?.variables ?? []).flatMap((one) =>
      one.kind === 'label-values' &&
      hint.by?.includes(one.of) &&
      board.variables[one.name] === undefined
        ? [`${hint.name} of ${signal.name}: ${one.name}`]
        : [],
    );
  });
  assert.deepEqual(leftOut, []);
});
