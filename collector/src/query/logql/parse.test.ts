import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLogQl } from './parse.ts';
import type { LogQl, LogQuery } from './query.ts';

function log(text: string): LogQuery {
  const query = parseLogQl(text);
  assert.equal(query.kind, 'log');
  return query as LogQuery;
}

test('a selector keeps its four kinds of matchers', () => {
  const { matchers } = log('{a="b", c=~"d.*", e!=`x`, f!~"g|h"}');
  assert.deepEqual(
    matchers.map(({ label, op, value }) => `${label}${op}${value}`),
    ['a=b', 'c=~d.*', 'e!=x', 'f!~g|h'],
  );
  assert.deepEqual(
    matchers.map((matcher) => matcher.test('g')),
    [false, false, true, false],
  );
});

test('a regular expression matches the whole label', () => {
  const [matcher] = log('{a=~"ord"}').matchers;
  assert.equal(matcher?.test('order'), false);
  assert.equal(matcher?.test('ord'), true);
});

test('stages keep the order of the text', () => {
  const { stages } = log('{a="b"} |= "foo" != `ba"r` | json | level="error" |~ "x+" !~ "y"');
  assert.deepEqual(
    stages.map((stage) => (stage.stage === 'line' ? stage.op : stage.stage)),
    ['|=', '!=', 'json', 'label', '|~', '!~'],
  );
});

test('a line filter with or holds when one text does', () => {
  const [stage] = log('{a="b"} |= "x" or "y"').stages;
  assert.ok(stage?.stage === 'line');
  assert.deepEqual(['ax', 'ay', 'az'].map(stage.test), [true, true, false]);
});

test('escapes of a quoted text are read as Go reads them', () => {
  const [stage] = log(String.raw`{a="b"} |= "q\"\t\\d\x41é"`).stages;
  assert.ok(stage?.stage === 'line');
  assert.deepEqual(stage.texts, ['q"\t\\dAé']);
});

test('sum by of a range function is a metric query', () => {
  const query = parseLogQl('sum by (service, x) (count_over_time({a="b"} |= "x" [5m]))');
  assert.ok(query.kind === 'metric');
  assert.deepEqual(
    [query.fn, query.rangeMs, query.sumBy, query.log.stages.length],
    ['count_over_time', 300_000, ['service', 'x'], 1],
  );
  const trailing = parseLogQl('sum(rate({a="b"}[1m])) by (x)') as LogQl & { sumBy: unknown };
  assert.deepEqual(trailing.sumBy, ['x']);
});

test('the health check of data sources is a constant', () => {
  assert.deepEqual(parseLogQl('vector(1)+vector(1)'), { kind: 'constant', value: 2 });
});

const refused = [
  ['topk(5, sum(rate({a="b"}[1m])) by (x))', 'topk'],
  ['{a="b"} | logfmt', 'logfmt'],
  ['{a="b"} | line_format "{{.x}}"', 'line_format'],
  ['quantile_over_time(0.9, {a="b"} | unwrap x [1m])', 'quantile_over_time'],
  ['rate({a="b"}[1m] offset 5m)', 'offset 5m'],
  ['{a="b"} | duration > 1s', 'duration > 1s'],
  ['{a="b"} |= ip("10.0.0.1")', 'ip("10.0.0.1")'],
  ['sum without (x) (rate({a="b"}[1m]))', 'without'],
] as const;
for (const [query, construct] of refused) {
  test(`${query} is refused by name`, () => {
    assert.throws(
      () => parseLogQl(query),
      (error: Error & { code?: string }) =>
        error.code === 'QUERY_UNSUPPORTED' && error.message.includes(construct),
    );
  });
}

for (const query of ['{a="b"', '', '{a="b"} |=', '{a=~"("}', 'foo bar']) {
  test(`"${query}" is malformed`, () => {
    assert.throws(() => parseLogQl(query), { code: 'QUERY_MALFORMED' });
  });
}
