import assert from 'node:assert/strict';
import { test } from 'node:test';
import { socketPath } from './mariadb.ts';

test('the socket lies in the data directory', () => {
  assert.equal(socketPath('/srv/sprout/mariadb'), '/srv/sprout/mariadb/mysql.sock');
});

test('a path too long for a socket is replaced by a short one of its own', () => {
  const deep = `/srv/${'x'.repeat(100)}`;
  const path = socketPath(deep);
  assert.ok(Buffer.byteLength(path) <= 107);
  assert.equal(path, socketPath(deep));
  assert.notEqual(path, socketPath(`${deep}/other`));
});

test('bytes count, not characters', () => {
  assert.match(socketPath(`/srv/${'가'.repeat(40)}`), /^\/tmp\//);
});
