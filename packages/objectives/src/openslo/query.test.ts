import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readQuery } from './query.ts';

const a = { metric: 'a_total', matchers: [], service: 'any' };
const b = {
  metric: 'b_total',
  matchers: [{ label: 'service', op: '=', value: 'shop' }],
  service: 'shop',
};

/** Queries and the sets of series that they add up. */
const sums: [string, unknown[]][] = [
  ['a_total', [a]],
  ['sum(a_total) or vector(0)', [a]],
  ['(sum(rate(a_total[5m])) or vector(0)) + sum(rate(b_total{service="shop"}[1m]))', [a, b]],
  ['sum(increase({__name__="a_total"}[1h])) # all of them', [a]],
  [
    'sum(label_replace(a_total, "p", "0", "", "") or label_replace(a_total, "p", "1", "", ""))',
    [a, a],
  ],
  [
    "a_total{x=~'\\x41\\n\\'', y!~`\\d`}",
    [
      {
        ...a,
        matchers: [
          { label: 'x', op: '=~', value: "A\n'" },
          { label: 'y', op: '!~', value: '\\d' },
        ],
      },
    ],
  ],
];

for (const [query, selections] of sums) {
  test(`${query} is a sum of counters`, () => {
    const reading = readQuery(query);
    assert.ok('selections' in reading, JSON.stringify(reading));
    assert.deepEqual(reading.selections, selections);
  });
}

/** Queries that no sum of counters is equal to. */
const others = [
  'a_total or b_total',
  'a_total + b_total',
  'sum by (x) (a_total) + sum by (x) (b_total)',
  'sum(a_total) - sum(b_total)',
  'sum(a_total) + on () sum(b_total)',
  'sum(a_total offset 5m)',
  'sum(a_total @ 5)',
  'rate(a_total[5m:1m])',
  'irate(a_total[5m])',
  'max(a_total)',
  '{x="y"}',
  '{__name__=~"a.*"}',
  'a_total{__name__="b_total"}',
  '{"a.total"}',
  'sum(a_total) + sum(rate(b_total[5m]))',
  'sum(increase(a_total[5m])) + sum(increase(a_total[1m]))',
  'sum(label_replace(a_total, "p", "0", "", "") or label_replace(a_total, "p", "0", "", ""))',
  'sum(label_replace(a_total, "p", "0", "", "") or label_replace(a_total, "q", "1", "", ""))',
  'vector(0)',
  '1',
];

for (const query of others) {
  test(`${query} is no sum of counters`, () => {
    assert.ok('unsayable' in readQuery(query), JSON.stringify(readQuery(query)));
  });
}

test('a grouping is named, an error of syntax told', () => {
  const grouped = readQuery('sum by (x) (a_total)');
  assert.ok('notes' in grouped);
  assert.deepEqual(
    grouped.notes.map(({ en }) => en),
    ['"by (x)": Sprout sums over all labels'],
  );
  const torn = readQuery('sum(a_total');
  assert.ok('syntaxError' in torn);
  assert.equal(torn.syntaxError.message, 'the expression ends too early');
});
