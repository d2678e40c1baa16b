import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileConfig, readGeneratedFiles } from '@sprout/process';
import { checkPromql, checkSignals } from '@sprout/query';
import { cadvisorSignals, kubeStateSignals } from '@sprout/signals/exporters';
import sproutConfig from '../../sprout.config.ts';
import { generatedFiles } from './generated/files.ts';
import { dashboardQueries, dashboards, queriesFor } from './index.ts';
import { referenceOf } from './reference/metric-reference.ts';

const config = compileConfig(sproutConfig, '/');
const models = dashboards(config).map(({ model }) => model);
const panels = models.flatMap(({ slug, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => ({ slug, panel }))),
);
const referenceFile = join(import.meta.dirname, '../../docs/metrics.md');

test('the generated files are those of sprout.config.ts', () => {
  const checkedIn = readGeneratedFiles(join(import.meta.dirname, '../_generated'));
  assert.deepEqual(
    Object.fromEntries(checkedIn),
    Object.fromEntries(generatedFiles(config)),
    'run ./sprout dashboards build',
  );
});

test('the metric reference is that of sprout.config.ts', () => {
  const checkedIn = readFileSync(referenceFile, 'utf8');
  assert.equal(checkedIn, referenceOf(config), 'run ./sprout signals reference');
});

test('the boards that everybody expects are there', () => {
  const slugs = new Set(models.map(({ slug }) => slug));
  const expected =
    'home slo-overview slo-detail service-red gateway queue batch node-runtime infrastructure mysql redis machine network capacity business load-test collector alerting logs traces sprout';
  assert.deepEqual(
    expected.split(' ').filter((slug) => !slugs.has(slug)),
    [],
  );
});

test('boards of Kubernetes exist when a cluster is watched, and only then', () => {
  const slugsOf = (given: typeof config) =>
    dashboards(given).flatMap(({ model }) => (model.slug.startsWith('kube') ? [model.slug] : []));
  assert.deepEqual(slugsOf(config), []);
  const signals = [...sproutConfig.signals, ...kubeStateSignals, ...cadvisorSignals];
  const watching = compileConfig({ ...sproutConfig, signals }, '/');
  assert.deepEqual(slugsOf(watching), [
    'kubernetes-nodes',
    'kubernetes-workloads',
    'kubernetes-network',
  ]);
  const rowsOf = (given: typeof config) =>
    dashboards(given)
      .find(({ model }) => model.slug === 'infrastructure')
      ?.model.rows.map(({ title }) => title);
  assert.ok(rowsOf(watching)?.includes('Kubernetes'));
  assert.ok(!rowsOf(config)?.includes('Kubernetes'));
  const known = watching.signals.flatMap((signal) => (signal.kind === 'metric' ? [signal] : []));
  for (const { expr, source, dashboard, panel } of queriesFor(watching)) {
    if (source !== 'metrics' || !isOfCluster(dashboard, panel)) continue;
    assert.deepEqual([...checkPromql(expr), ...checkSignals(expr, known)], [], expr);
  }
});

/** Rules write what the marks of alerts read; the rest is emitted. */
const isOfCluster = (dashboard: string, panel: string) =>
  panel.startsWith('Kubernetes /') || (dashboard.startsWith('kube') && panel !== 'marks / Alerts');

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
  assert.doesNotMatch(text, /"uid": "(?!\$\{(prometheus|loki|tempo)\}|[a-z-]+")/);
});

test('queries keep their variables until they are filled in for a stack', () => {
  const text = dashboardQueries(config).map(({ expr }) => expr);
  assert.ok(text.some((expr) => expr.includes('$service')));
  assert.ok(text.some((expr) => expr.includes('[$__rate_interval]')));
  const compressed = queriesFor({ ...config, timeScale: 10 });
  assert.ok(compressed.some(({ expr }) => expr.includes('[30s]')));
});

test('equal configurations give equal bytes, within two seconds', () => {
  const began = process.cpuUsage();
  const first = generatedFiles(config);
  const { user, system } = process.cpuUsage(began);
  const cpuMs = (user + system) / 1000;
  assert.deepEqual([...generatedFiles(config)], [...first]);
  // Its own time: other tests may keep the machine busy. It takes a tenth of it.
  assert.ok(cpuMs < 2000, `${cpuMs} ms`);
});
