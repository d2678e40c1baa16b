import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTraceQl } from './parse.ts';

test('conditions joined by && are read with their fields, operators and values', () => {
  const { conditions } = parseTraceQl(
    '{ resource.service.name = "order" && duration > 1.5s && status = error && .http.status_code>=500 }',
  );
  assert.deepEqual(
    conditions.map(({ field, op, literal }) => [field.scope, field.name, op, literal.value]),
    [
      ['resource', 'service.name', '=', 'order'],
      ['intrinsic', 'duration', '>', 1.5e9],
      ['intrinsic', 'status', '=', 'error'],
      ['any', 'http.status_code', '>=', 500],
    ],
  );
});

test('an empty query and {} match every span', () => {
  assert.deepEqual(parseTraceQl(''), { conditions: [] });
  assert.deepEqual(parseTraceQl(' { } '), { conditions: [] });
});

test('a pattern matches the whole text', () => {
  const [condition] = parseTraceQl('{ name =~ "GET.*" }').conditions;
  assert.equal(condition?.matches?.('GET /orders'), true);
  assert.equal(condition?.matches?.('FORGET'), false);
});

const refused = [
  ['{ name = "a" || name = "b" }', '||'],
  ['{ name = "a" } | count() > 2', '|'],
  ['{ trace:rootService = "a" }', 'trace:rootService'],
  ['{ name = "a" } >> { name = "b" }', '>>'],
] as const;
for (const [query, construct] of refused) {
  test(`${query} is refused by name`, () => {
    assert.throws(
      () => parseTraceQl(query),
      (error: Error & { code?: string }) =>
        error.code === 'QUERY_UNSUPPORTED' && error.message.includes(construct),
    );
  });
}

for (const query of ['{ name = ', '{ name =~ "(" }', '{ name = "a" ; }']) {
  test(`${query} is malformed`, () => {
    assert.throws(() => parseTraceQl(query), { code: 'QUERY_MALFORMED' });
  });
}
