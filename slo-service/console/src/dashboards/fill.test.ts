import { expect, test } from 'vitest';
import { fillQuery, legendOf, linkHref } from './fill.ts';

const time = { interval: { fromMs: 0, toMs: 3_600_000 }, stepSeconds: 60 };
const multi = new Set(['service']);

test('several choices become a regular expression, one a plain value, all whatever there is', () => {
  const expr = 'sum(rate(x{service=~"$service"}[$__rate_interval]))';
  const filled = (service: readonly string[] | undefined) =>
    fillQuery(expr, { service }, multi, time);
  expect(filled(['a.b', 'c'])).toBe('sum(rate(x{service=~"a\\\\.b|c"}[75s]))');
  expect(filled(undefined)).toBe('sum(rate(x{service=~".+"}[75s]))');
  expect(fillQuery('x{id="$id"}[$__range]', { id: ['a"b.c'] }, multi, time)).toBe(
    'x{id="a\\"b.c"}[3600s]',
  );
});

test('names of nothing stay, so that the data server names them', () => {
  expect(fillQuery('x{a="$nothing"}', {}, multi, time)).toBe('x{a="$nothing"}');
});

test('a legend names labels, else all of them', () => {
  expect(legendOf('{{a}} of {{b}}', { a: '1', b: '2' })).toBe('1 of 2');
  expect(legendOf('{{gone}}', { a: '1' })).toBe('{a="1"}');
  expect(legendOf('', { __name__: 'up', job: 'x' })).toBe('up{job="x"}');
});

test('a link keeps time and choices, and its own come first', () => {
  const query = new URLSearchParams('range=6h&var-service=order&table=0-1&tz=utc');
  const url = '/d/service-red?var-service=${__field.labels.service}&${__url_time_range}';
  expect(linkHref({ title: '', url }, { service: 'a b' }, query)).toBe(
    '/dashboards/service-red?var-service=a+b&range=6h&tz=utc',
  );
  expect(linkHref({ title: '', url }, {}, query)).toBeUndefined();
  expect(linkHref({ title: '', url: '/d/home' }, {}, query)).toBe(
    '/dashboards/home?range=6h&var-service=order&tz=utc',
  );
  expect(linkHref({ title: '', url: 'https://x.test/a' }, {}, query)).toBe('https://x.test/a');
});
