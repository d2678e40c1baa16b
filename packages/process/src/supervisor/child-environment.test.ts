import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileConfig } from '../define-config.ts';
import { childEnvironment } from './child-environment.ts';

test('a process is given the secrets that it reads, and no other', (t) => {
  const secrets = {
    SPROUT_SECRET_MYSQL: 'market',
    SPROUT_SECRET_MYSQL_EXPORTER: 'exporter',
    SPROUT_API_KEY: 'key',
    CLOUD_TOKEN: 'token',
  };
  for (const [name, value] of Object.entries(secrets)) process.env[name] = value;
  t.after(() => Object.keys(secrets).forEach((name) => delete process.env[name]));
  const config = compileConfig(
    {
      telemetry: { prometheus: { url: 'http://127.0.0.1:1', bearerToken: { env: 'CLOUD_TOKEN' } } },
      services: [],
      signals: [],
      objectives: [],
    },
    '/',
  );
  const given = (spec: Parameters<typeof childEnvironment>[0]) => {
    const environment = childEnvironment(spec, config);
    assert.equal(environment['PATH'], process.env['PATH']);
    return Object.keys(secrets).filter((name) => name in environment);
  };
  assert.deepEqual(given({}), []);
  assert.deepEqual(given({ secrets: ['mysql'] }), ['SPROUT_SECRET_MYSQL']);
  assert.deepEqual(given({ secrets: ['api-key'] }), ['SPROUT_API_KEY']);
  assert.deepEqual(given({ readsConfiguredSecrets: true }), ['CLOUD_TOKEN']);
});
