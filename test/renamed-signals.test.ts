import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildRules } from '@sprout/alerts/rules';
import { dashboardQueries, dashboards } from '@sprout/dashboards-as-code';
import { queryChecks, runChecks } from '@sprout/lint';
import { compileConfig } from '@sprout/process';
import sproutConfig from '../sprout.config.ts';

const config = compileConfig(sproutConfig, '/');
const rules = buildRules(config).flatMap((group) => group.rules);
const recorded = rules.flatMap((rule) => (rule.kind === 'recording' ? [rule.record] : []));
const signals = config.signals.map((signal) =>
  signal.kind === 'metric'
    ? signal
    : { name: signal.name, type: 'counter' as const, labels: { log_service: 'any' as const } },
);

/** Every expression that panels, marks, rules and alerts read series by. */
const readers = [
  ...dashboardQueries(config).flatMap(({ dashboard, panel, expr, source }) =>
    source === 'metrics' ? [{ where: `${dashboard} / ${panel}`, expr }] : [],
  ),
  ...dashboards(config).flatMap(({ model: { slug, annotations } }) =>
    annotations.map(({ name, expr }) => ({ where: `${slug} / marks / ${name}`, expr })),
  ),
  ...rules.map((rule) => ({
    where: rule.kind === 'alert' ? rule.alert : rule.record,
    expr: rule.expr.text,
  })),
].map(({ where, expr }, index) => ({
  where: `${index}: ${where}`,
  expr: expr.replaceAll(/\$__\w+/g, '5m'),
  use: 'panel' as const,
  everySeconds: 15,
}));

test('a signal that is renamed is found in every panel, mark, rule and alert that reads it', () => {
  const checks = queryChecks.filter(({ name }) => name === 'promql-series');
  const others = [...recorded, 'ALERTS'];
  const missed: string[] = [];
  let reads = 0;
  for (const signal of signals) {
    const name = new RegExp(`(?<![\\w:])${signal.name}(_bucket|_count|_sum)?(?![\\w:])`);
    const queries = readers.filter(({ expr }) => name.test(expr.replaceAll(/"[^"]*"/g, '""')));
    const renamed = { ...signal, name: `renamed_${signal.name}` };
    const known = { signals: signals.map((one) => (one === signal ? renamed : one)) };
    const found = new Set(runChecks(checks, { queries, known, others }).map(({ where }) => where));
    missed.push(...queries.map(({ where }) => where).filter((where) => !found.has(where)));
    reads += queries.length;
  }
  assert.deepEqual(missed, []);
  assert.ok(reads > 600, `only ${reads} reads of signals by ${readers.length} queries`);
});
