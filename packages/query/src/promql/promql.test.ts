import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpServerRequestDuration, probeRequests } from '@sprout/signals/catalogue';
import {
  and,
  checkPromql,
  compare,
  dividedBy,
  minus,
  namesIn,
  number,
  over,
  quantile,
  rate,
  ratio,
  selector,
  series,
  sum,
  sumBy,
  sumOfPresent,
  unless,
} from '../index.ts';

const requests = httpServerRequestDuration.where({ service: 'order' }).count();
const probes = probeRequests.where({ route: 'order', outcome: 'unreachable' });

test('a selection is printed with its matchers in order', () => {
  assert.equal(selector(probes).text, 'probe_requests_total{outcome="unreachable", route="order"}');
});

test('windows and offsets are exact to the millisecond', () => {
  assert.equal(rate(series('a'), 0.083).text, 'rate(a[83ms])');
  assert.equal(
    over('present_over_time', series('a'), 60, { offsetSeconds: 5400 }).text,
    'present_over_time(a[1m] offset 1h30m)',
  );
});

test('parentheses are printed where the order of operators needs them, and only there', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => selector(series(name)));
  assert.ok(a && b && c);
  assert.equal(ratio(ratio(a, b), c).text, 'a / b / c');
  assert.equal(ratio(a, ratio(b, c)).text, 'a / (b / c)');
  assert.equal(ratio(minus(a, b), c).text, '(a - b) / c');
  assert.equal(compare(ratio(a, b), '>', 1).text, 'a / b > 1');
  assert.equal(and(compare(a, '>', 1), compare(b, '>', 2), ['x']).text, 'a > 1 and on (x) b > 2');
  assert.equal(unless(a, and(b, c)).text, 'a unless (b and c)');
});

test('numbers are printed without the noise of binary fractions', () => {
  assert.equal(number(1 - 0.99).text, '0.01');
  assert.equal(dividedBy(selector(series('a')), 1 - 0.999).text, 'a / 0.001');
});

test('a sum of several sets keeps its other parts when one is absent', () => {
  const text = sumOfPresent([sum(rate(requests, 60)), sum(rate(probes, 60))]).text;
  assert.match(text, /^sum\(label_replace\(sum\(.*\), "part", "0", "", ""\) or label_replace/);
  assert.deepEqual(checkPromql(text), []);
  assert.equal(sumOfPresent([sum(rate(probes, 60))]).text, sum(rate(probes, 60)).text);
});

test('what is built is valid PromQL', () => {
  const queries = [
    quantile(0.99, httpServerRequestDuration.where({}), 300, ['service']),
    sumBy(['service', 'http_route'], rate(requests, 300)),
    compare(ratio(sum(rate(probes, 60)), sum(rate(requests, 60))), '>=', 0.5),
  ];
  for (const { text } of queries) assert.deepEqual(checkPromql(text), [], text);
});

test('checkPromql says what is wrong and where', () => {
  assert.deepEqual(checkPromql('banana(foo)'), [
    {
      from: 6,
      to: 7,
      kind: 'function',
      near: 'banana',
      message: 'there is no function "banana"',
    },
  ]);
  assert.equal(checkPromql('sum(rate(foo[5m])')[0]?.message, 'the expression ends too early');
  assert.equal(checkPromql('foo{bar=baz}')[0]?.from, 8);
  assert.equal(checkPromql(' ')[0]?.message, 'the expression is empty');
});

test('namesIn lists the metrics and labels an expression uses', () => {
  assert.deepEqual(namesIn('sum by (a) (rate(foo{b="c"}[5m])) / on (d) x:y > 1'), {
    metrics: ['foo', 'x:y'],
    labels: ['a', 'b', 'd'],
  });
});
