import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileConfig, readGeneratedFiles } from '@sprout/process';
import { checkPromql, namesIn } from '@sprout/query';
import sproutConfig from '../../sprout.config.ts';
import { onlyInTrouble } from './dashboards/platform.ts';
import { generatedFiles } from './generated/files.ts';
import { dashboardQueries, dashboards, queriesFor } from './index.ts';

const config = compileConfig(sproutConfig, '/');
const models = dashboards(config).map(({ model }) => model);
const panels = models.flatMap(({ slug, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => ({ slug, panel }))),
);

/** Written by rules and by Prometheus itself, not by a signal. */
const recorded = ['slo:bad_events:rate5m', 'slo:valid_events:rate5m', 'ALERTS'];

test('the generated files are those of sprout.config.ts', () => {
  const checkedIn = readGeneratedFiles(join(import.meta.dirname, '../_generated'));
  assert.deepEqual(
    Object.fromEntries(checkedIn),
    Object.fromEntries(generatedFiles(config)),
    'run ./sprout dashboards build',
  );
});

test('alerts find the dashboards they link to', () => {
  const variablesOf = (slug: string) =>
    models.find((model) => model.slug === slug)?.variables.map(({ name }) => name);
  assert.ok(variablesOf('slo-detail')?.includes('objective'));
  assert.ok(variablesOf('service-red')?.includes('service'));
});

test('every panel says what it shows, in a unit, and every query goes through the variable', () => {
  for (const { slug, panel } of panels) {
    assert.match(panel.description, /\.$/, `${slug}: ${panel.title}`);
    assert.ok(panel.unit.length > 0);
    assert.ok(panel.queries.length > 0);
  }
  const text = [...generatedFiles(config).values()].join('');
  assert.doesNotMatch(text, /"uid": "(?!\$\{prometheus\}|[a-z-]+")/);
});

test('every query is valid PromQL over metrics that somebody emits', () => {
  const emitted = new Set([
    ...recorded,
    ...config.signals.flatMap(({ name }) => [name, `${name}_bucket`, `${name}_count`]),
  ]);
  for (const { dashboard, panel, expr } of queriesFor(config)) {
    assert.deepEqual(checkPromql(expr), [], `${dashboard}: ${panel}: ${expr}`);
    assert.doesNotMatch(expr, /\$|vector\(0\)/);
    for (const metric of namesIn(expr).metrics) assert.ok(emitted.has(metric), metric);
  }
});

test('every signal with a panel is on a dashboard, unless it is silent while all is well', () => {
  const shown = dashboardQueries(config).flatMap(
    ({ expr }) => namesIn(expr.replaceAll('$__rate_interval', '5m')).metrics,
  );
  const unseen = config.signals
    .filter(({ name, panel }) => panel.view !== 'none' && !onlyInTrouble.includes(name))
    .filter(
      ({ name }) => !shown.some((metric) => metric === name || metric.startsWith(`${name}_`)),
    );
  assert.deepEqual(
    unseen.map(({ name }) => name),
    [],
  );
});

test('queries keep their variables until they are filled in for a stack', () => {
  const text = dashboardQueries(config).map(({ expr }) => expr);
  assert.ok(text.some((expr) => expr.includes('$service')));
  assert.ok(text.some((expr) => expr.includes('[$__rate_interval]')));
  const compressed = queriesFor({ ...config, timeScale: 10 });
  assert.ok(compressed.some(({ expr }) => expr.includes('[30s]')));
});

test('variables are declared where they are used, and used where they are declared', () => {
  for (const { slug, variables, rows } of models) {
    const used = new Set(
      [...JSON.stringify(rows).matchAll(/\$(\w+)/g)].map(([, name]) => name ?? ''),
    );
    for (const name of used) {
      if (name.startsWith('__')) continue;
      assert.ok(
        variables.some((variable) => variable.name === name),
        `${slug}: $${name}`,
      );
    }
    for (const { name, kind } of variables) {
      assert.ok(kind === 'datasource' || used.has(name), `${slug}: ${name} is not used`);
    }
  }
});
