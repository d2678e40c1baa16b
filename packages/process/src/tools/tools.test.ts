import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SproutError } from '../error.ts';
import { listsAreStale } from './apt.ts';
import { findTool, missingTools } from './find-tool.ts';
import { installMissing } from './install-tools.ts';
import { missingToolsError } from './missing-tools.ts';
import { withServicesHeldBack } from './service-start.ts';

const temporary = () => mkdtempSync(join(tmpdir(), 'sprout-tools-'));

test('a tool that the configuration names is used instead of any other', () => {
  const path = join(temporary(), 'my-redis');
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  assert.equal(findTool('redis-server', { tools: { 'redis-server': path } }), path);
});

test('a configured tool that is not there is an error, not a reason to take another', () => {
  assert.throws(() => findTool('redis-server', { tools: { 'redis-server': '/nowhere' } }), {
    code: 'TOOL_MISSING',
    message: 'tools.redis-server: /nowhere cannot be executed',
  });
});

test('daemons are found although /usr/sbin is not on PATH', (t) => {
  const path = process.env['PATH'];
  t.after(() => void (process.env['PATH'] = path));
  process.env['PATH'] = '/nowhere';
  assert.equal(findTool('mariadbd'), '/usr/sbin/mariadbd');
  assert.deepEqual(missingTools(['mariadbd', 'mariadbd'], { tools: {} }), []);
});

test('one error names everything that is missing and one command that brings it', () => {
  const error = missingToolsError(['mariadbd', 'mariadb-install-db', 'redis-server'], true);
  assert.equal(error.code, 'TOOL_MISSING');
  assert.equal(
    error.message,
    'these programs are missing: mariadbd, mariadb-install-db, redis-server',
  );
  assert.equal(
    error.hint,
    'sudo apt-get update && sudo apt-get install -y --no-install-recommends mariadb-server redis-server',
  );
});

test('on another system the error names the binaries and the tools key', () => {
  const { hint } = missingToolsError(['alertmanager'], false);
  assert.match(hint ?? '', /tools: \{ 'alertmanager': '\/path\/to\/prometheus-alertmanager' \}/);
});

test('without root what has to be installed is refused with the command, before anything is done', async () => {
  const said: string[] = [];
  const nobody = 65_534;
  const options = { uid: nobody, announce: (line: string) => said.push(line), progress: () => {} };
  await assert.rejects(installMissing(['prometheus', 'redis-server'], options), {
    code: 'TOOL_MISSING',
    message: 'these programs are missing: prometheus, redis-server',
    hint: /apt-get install -y --no-install-recommends redis-server$|tools: /,
  });
  assert.deepEqual(said, []);
});

test('services are held back while installing, and the policy is as it was afterwards', async () => {
  const file = join(temporary(), 'policy-rc.d');
  writeFileSync(file, 'the policy of this machine', { mode: 0o700 });
  await withServicesHeldBack(async () => {
    assert.match(readFileSync(file, 'utf8'), /exit 101/);
    assert.equal(statSync(file).mode & 0o777, 0o755);
  }, file);
  assert.equal(readFileSync(file, 'utf8'), 'the policy of this machine');
  assert.equal(statSync(file).mode & 0o777, 0o700);
});

test('where there was no policy there is none afterwards, also when installing fails', async () => {
  const file = join(temporary(), 'policy-rc.d');
  const failing = withServicesHeldBack(async () => {
    throw new SproutError('INSTALL_FAILED', 'no network');
  }, file);
  await assert.rejects(failing, { code: 'INSTALL_FAILED' });
  assert.equal(existsSync(file), false);
});

test('a policy that an installation killed halfway left behind is not kept for good', async () => {
  const file = join(temporary(), 'policy-rc.d');
  writeFileSync(file, 'left by a killed run: exit 101');
  writeFileSync(`${file}.before-sprout`, 'the policy of this machine');
  await withServicesHeldBack(async () => undefined, file);
  assert.equal(readFileSync(file, 'utf8'), 'the policy of this machine');
});

test('package lists are fetched when there are none or all are old', () => {
  const directory = temporary();
  assert.equal(listsAreStale(directory), true);
  mkdirSync(join(directory, 'partial'));
  const list = join(directory, 'deb.debian.org_Packages.lz4');
  writeFileSync(list, '');
  assert.equal(listsAreStale(directory), false);
  utimesSync(list, 0, 0);
  assert.equal(listsAreStale(directory), true);
});
