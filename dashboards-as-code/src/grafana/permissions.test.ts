import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import {
  apply,
  createGrafanaClient,
  drift,
  folder,
  folderPermissions,
  plan,
} from '@sprout/grafana';
import { startStandIn } from '@sprout/grafana/testing';
import type { StandIn } from '@sprout/grafana/testing';

const wanted = [
  folder,
  ...folderPermissions({
    sprout: [
      { team: 'market', may: 'edit' },
      { role: 'Viewer', may: 'view' },
    ],
  }),
];
let grafana: StandIn;
beforeEach(async () => {
  grafana = await startStandIn();
  grafana.permissions.teams.set('market', 7);
});
afterEach(() => grafana.close());

const connect = () =>
  createGrafanaClient({ url: grafana.url, token: grafana.token, permittedFolders: ['sprout'] });
const applied = async () => apply(connect(), await plan(connect(), wanted));

test('permissions of a folder are set with it, and a second apply changes nothing', async () => {
  const { done, failed, altered } = await applied();
  assert.deepEqual([done.length, failed, altered], [2, [], []]);
  assert.deepEqual(await plan(connect(), wanted), []);
  assert.deepEqual(await drift(connect(), wanted), []);
});

test('drift names who was let in by hand, and apply puts it right', async () => {
  await applied();
  grafana.permissions.set('sprout', [
    { teamId: 7, permission: 1 },
    { role: 'Viewer', permission: 1 },
    { role: 'Editor', permission: 2 },
  ]);
  const [found] = await drift(connect(), wanted);
  assert.deepEqual(found?.differences, [
    { path: 'spec.grants["team market"]', before: 'edit', after: 'view' },
    { path: 'spec.grants["role Editor"]', before: undefined, after: 'edit' },
  ]);
  await applied();
  assert.deepEqual(await drift(connect(), wanted), []);
});

test('a team that Grafana does not have is named, and the rest goes through', async () => {
  grafana.permissions.teams.clear();
  const { done, failed } = await applied();
  assert.deepEqual([done.length, failed[0]?.error.code], [1, 'GRAFANA_TEAM_UNKNOWN']);
});
