import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { assert as assertProperty, asyncProperty, uniqueArray } from 'fast-check';
import { apply, createGrafanaClient, dashboardManifest, drift, inFolder, plan } from '../index.ts';
import type { DashboardModel, GrafanaClient, GrafanaResource } from '../index.ts';
import { startStandIn } from '../testing/stand-in.ts';
import type { StandIn } from '../testing/stand-in.ts';
import { dashboardModel } from '../testing/random-dashboard.ts';

let grafana: StandIn;
let client: GrafanaClient;
beforeEach(async () => {
  grafana = await startStandIn();
  client = createGrafanaClient({ url: grafana.url, token: grafana.token });
});
afterEach(() => grafana.close());

const model = (slug: string, title = slug): DashboardModel => ({
  slug,
  title,
  description: 'For tests.',
  folder: 'sprout-tests',
  tags: ['sprout'],
  annotations: [],
  variables: [{ kind: 'datasource', name: 'prometheus', label: 'Metrics', of: 'prometheus' }],
  rows: [
    {
      title: 'Row',
      panels: [
        {
          title: 'Rate',
          description: 'Requests per second.',
          view: 'timeseries',
          unit: 'reqps',
          queries: [{ expr: 'up', legend: 'up' }],
          width: 12,
          height: 8,
        },
      ],
    },
  ],
  links: [],
});
const resources = (...slugs: string[]): GrafanaResource[] =>
  inFolder(slugs.map((slug) => dashboardManifest(model(slug))));
const applyAll = async (wanted: readonly GrafanaResource[]) =>
  apply(client, await plan(client, wanted));
const briefly = (changes: readonly { action: string; id: { name: string } }[]): string[] =>
  changes.map(({ action, id }) => `${action} ${id.name}`);

test('an empty Grafana gets the folder first, then the dashboards in it', async () => {
  const changes = await plan(client, resources('a', 'b'));
  assert.deepEqual(briefly(changes), ['create sprout', 'create a', 'create b']);
  assert.deepEqual(grafana.store.names('dashboards'), []);
  const { done, failed, altered } = await apply(client, changes);
  assert.deepEqual([done.length, failed, altered], [3, [], []]);
  assert.equal(
    grafana.store.get('dashboards', 'a').metadata.annotations['grafana.app/folder'],
    'sprout',
  );
});

test('whatever dashboards are applied, a second plan is empty and nothing drifted', async () => {
  const models = uniqueArray(dashboardModel, { maxLength: 4, selector: ({ slug }) => slug });
  await assertProperty(
    asyncProperty(models, async (some) => {
      const wanted = inFolder(some.map(dashboardManifest));
      const { failed, altered } = await applyAll(wanted);
      assert.deepEqual([failed, altered], [[], []]);
      assert.deepEqual(await plan(client, wanted), []);
      assert.deepEqual(await drift(client, wanted), []);
    }),
    { numRuns: 40 },
  );
});

test('an update names what differs by path and leaves the labels of others', async () => {
  await applyAll(resources('a'));
  grafana.store.edit('dashboards', 'a', ({ metadata }) => {
    metadata.labels['team'] = 'shop';
  });
  const wanted = inFolder([dashboardManifest(model('a', 'Better'))]);
  const [change] = await plan(client, wanted);
  assert.equal(change?.action, 'update');
  assert.deepEqual(change.differences, [{ path: 'spec.title', before: 'a', after: 'Better' }]);
  await applyAll(wanted);
  assert.equal(grafana.store.get('dashboards', 'a').metadata.labels['team'], 'shop');
  assert.deepEqual(await plan(client, wanted), []);
});

test('prune deletes what is ours and no longer wanted, never anything of others', async () => {
  await applyAll(resources('a', 'b'));
  await client.create({ ...dashboardManifest(model('theirs')), metadata: { name: 'theirs' } });
  const other = {
    'grafana.app/managedBy': 'kubectl',
    'grafana.app/managerId': 'another',
  };
  await client.create({
    ...dashboardManifest(model('another')),
    metadata: { name: 'another', annotations: other },
  });
  assert.deepEqual(briefly(await plan(client, resources('a'))), ['delete b']);
  await applyAll(resources('a'));
  assert.deepEqual(grafana.store.names('dashboards'), ['a', 'theirs', 'another']);
  assert.deepEqual(grafana.store.names('folders'), ['sprout']);
});

test('a name that somebody else has taken is refused, and nothing is written', async () => {
  await client.create({ ...dashboardManifest(model('a')), metadata: { name: 'a' } });
  await assert.rejects(plan(client, resources('a')), { code: 'GRAFANA_NOT_OURS', message: /: a$/ });
  assert.deepEqual(grafana.store.names('folders'), []);
});

test('drift names what was changed by hand, and not what changed in the code', async () => {
  await applyAll(resources('a', 'b', 'c'));
  grafana.store.edit('dashboards', 'a', ({ spec }) => {
    spec['elements'] = { ...asObject(spec['elements']), mine: { kind: 'Panel', spec: {} } };
    spec['description'] = 'By hand.';
  });
  grafana.store.remove('dashboards', 'c', {});
  const wanted = inFolder([
    dashboardManifest(model('a', 'Better')),
    ...['b', 'c'].map((slug) => dashboardManifest(model(slug))),
  ]);
  const [a, c] = await drift(client, wanted);
  assert.deepEqual([a?.id.name, a?.state, a?.since], ['a', 'changed', 'last apply']);
  assert.deepEqual(a?.differences.map(({ path }) => path).toSorted(), [
    'spec.description',
    'spec.elements.mine',
  ]);
  assert.deepEqual([c?.id.name, c?.state], ['c', 'missing']);
  assert.deepEqual(
    grafana.requests.filter((request) => request.startsWith('PUT')),
    [],
  );
});

test('without a record of the last apply, drift says that it compared with the code', async () => {
  await applyAll(resources('a'));
  grafana.store.edit('dashboards', 'a', ({ metadata, spec }) => {
    delete metadata.annotations['sprout/last-applied'];
    spec['title'] = 'By hand';
  });
  const [a] = await drift(client, resources('a'));
  assert.deepEqual([a?.since, a?.differences[0]?.path], ['code', 'spec.title']);
});

test('what changed since the plan is not overwritten, and the rest is applied', async () => {
  await applyAll(resources('a', 'b'));
  const wanted = inFolder(['a', 'b'].map((slug) => dashboardManifest(model(slug, 'Better'))));
  const changes = await plan(client, wanted);
  grafana.store.edit('dashboards', 'a', ({ spec }) => {
    spec['title'] = 'By hand';
  });
  const { done, failed } = await apply(client, changes);
  assert.deepEqual(briefly(done), ['update b']);
  assert.deepEqual(
    failed.map(({ change, error }) => [change.id.name, error.code]),
    [['a', 'GRAFANA_CONFLICT']],
  );
  assert.equal(grafana.store.get('dashboards', 'a').spec['title'], 'By hand');
});

test('what changed since the plan is not deleted', async () => {
  await applyAll(resources('a', 'b'));
  const changes = await plan(client, resources('a'));
  grafana.store.edit('dashboards', 'b', ({ spec }) => {
    spec['title'] = 'By hand';
  });
  const { failed } = await apply(client, changes);
  assert.equal(failed[0]?.error.code, 'GRAFANA_CONFLICT');
  assert.deepEqual(grafana.store.names('dashboards'), ['a', 'b']);
});

const asObject = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : {};
