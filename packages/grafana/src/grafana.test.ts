import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classicDashboard, dashboardManifest, identify, place } from './index.ts';
import type { DashboardModel, PanelModel } from './index.ts';

const panel = (title: string, fields: Partial<PanelModel> = {}): PanelModel => ({
  title,
  description: `What ${title} shows.`,
  view: 'timeseries',
  unit: 's',
  queries: [{ expr: `${title}_total`, legend: '{{a}}' }],
  width: 12,
  height: 8,
  ...fields,
});

const model: DashboardModel = {
  slug: 'some-dashboard',
  title: 'Some dashboard',
  description: 'For tests.',
  folder: 'sprout-tests',
  tags: ['sprout'],
  annotations: [
    { name: 'Alerts', expr: 'ALERTS', at: 'when-present', text: '{{alertname}}', color: 'red' },
    { name: 'Deploys', expr: 'deployed * 1000', at: 'value', text: 'deploy', color: 'blue' },
  ],
  variables: [
    { kind: 'datasource', name: 'prometheus', label: 'Metrics', of: 'prometheus' },
    { kind: 'label-values', name: 'service', label: 'Service', metric: 'up', of: 'service' },
  ],
  rows: [
    { title: 'First', panels: [panel('a'), panel('b'), panel('c', { view: 'stat' })] },
    { title: 'Second', panels: [panel('a', { view: 'table' })], onlyWithData: true },
  ],
  links: [{ title: 'Other', url: '/d/other' }],
};

test('ids are never 0, differ within a dashboard, and stay when other panels go', () => {
  const all = identify(model).flat();
  assert.equal(new Set(all.map(({ id }) => id)).size, 4);
  assert.ok(all.every(({ id }) => id > 0 && Number.isInteger(id)));
  const [, second] = model.rows;
  assert.ok(second);
  const [[alone] = []] = identify({ ...model, rows: [second] });
  assert.equal(alone?.id, all[3]?.id);
});

test('two panels of one row with one title are refused by name', () => {
  const rows = [{ title: 'First', panels: [panel('a'), panel('A')] }];
  assert.throws(() => identify({ ...model, rows }), /two panels are called "first-a"/);
});

test('panels are placed without overlap, and one that is too wide is refused', () => {
  const sizes = [10, 10, 10, 24].map((width) => ({ title: 'p', width, height: width }));
  assert.deepEqual(
    place(sizes).map(({ x, y }) => [x, y]),
    [
      [0, 0],
      [10, 0],
      [0, 10],
      [0, 20],
    ],
  );
  assert.throws(() => place([{ title: 'wide', width: 25, height: 1 }]), /"wide" is 25 columns/);
});

test('a v2 manifest lays out every element it has, by name', () => {
  const { apiVersion, metadata, spec } = asJson(dashboardManifest(model));
  assert.equal(apiVersion, 'dashboard.grafana.app/v2');
  assert.equal(metadata.name, 'some-dashboard');
  const laidOut = spec.layout.spec.rows.flatMap((row: Json) =>
    row.spec.layout.spec.items.map((item: Json) => item.spec.element.name),
  );
  assert.deepEqual(laidOut.toSorted(), Object.keys(spec.elements).toSorted());
});

test('what the SDK leaves out is there: version, ids, legend, refIds, variable queries', () => {
  const { spec } = asJson(dashboardManifest(model));
  for (const element of Object.values<Json>(spec.elements)) {
    assert.equal(element.spec.vizConfig.version, '13.0.0');
    assert.notEqual(element.spec.id, 0);
    assert.equal(element.spec.data.spec.queries[0].spec.refId, 'A');
  }
  assert.equal(spec.elements['first-a'].spec.vizConfig.spec.options.legend.showLegend, true);
  assert.equal(spec.variables[1].spec.query.spec.__legacyStringValue, 'label_values(up, service)');
});

test('a row that only some fill is hidden without data, others never', () => {
  const { spec } = asJson(dashboardManifest(model));
  const [first, second] = spec.layout.spec.rows;
  assert.equal(first.spec.conditionalRendering, undefined);
  assert.equal(second.spec.conditionalRendering.spec.items[0].kind, 'ConditionalRenderingData');
});

test('a table asks for instant values in table form and joins them', () => {
  const { spec } = asJson(dashboardManifest(model));
  const { queries, transformations } = spec.elements['second-a'].spec.data.spec;
  assert.equal(queries[0].spec.query.spec.format, 'table');
  assert.equal(queries[0].spec.query.spec.instant, true);
  assert.deepEqual(
    transformations.map((transformation: Json) => transformation.group),
    ['merge', 'organize'],
  );
});

test('a classic dashboard stacks rows and panels without overlap', () => {
  const { panels } = asJson(classicDashboard(model));
  assert.deepEqual(
    panels.map(({ title, gridPos }: Json) => [title, gridPos.x, gridPos.y]),
    [
      ['First', 0, 0],
      ['a', 0, 1],
      ['b', 12, 1],
      ['c', 0, 9],
      ['Second', 0, 17],
      ['a', 0, 18],
    ],
  );
  assert.equal(new Set(panels.map(({ id }: Json) => id)).size, panels.length);
});

test('links keep the time range and the variables, in both forms', () => {
  const [v2] = asJson(dashboardManifest(model)).spec.links;
  const [classic] = asJson(classicDashboard(model)).links;
  for (const link of [v2, classic]) assert.ok(link.keepTime && link.includeVars);
});

test('manifests are frozen and equal for equal models', () => {
  const manifest = dashboardManifest(model);
  assert.ok(Object.isFrozen(manifest) && Object.isFrozen(manifest.metadata));
  assert.deepEqual(manifest, dashboardManifest(structuredClone(model)));
});

/** Parsed JSON, whose shape the assertions check. */
type Json = ReturnType<typeof JSON.parse>;
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));
