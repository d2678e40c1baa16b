import assert from 'node:assert/strict';
import { it } from 'node:test';
import { counter, histogram, noPanel } from '@sprout/signals';
import { objective } from './objective.ts';
import type { Sli } from './objective.ts';
import { declaredAt } from './place.ts';
import { sliKey, sliRecording } from './recording.ts';
import { objectiveSchema } from './schema.ts';
import { all, availability, latency, timeSlice, up } from './sli.ts';
import { calendar, rolling } from './window.ts';
import type { Window } from './window.ts';

const requests = counter('requests_total', {
  help: 'Requests.',
  owner: 'shop',
  labels: { outcome: ['ok', 'failed'] },
  panel: noPanel(),
  noAlert: 'a test',
});
const duration = histogram('request_duration_seconds', {
  help: 'Durations.',
  owner: 'shop',
  unit: 'seconds',
  labels: { outcome: ['ok', 'failed'] },
  buckets: [0.5, 2],
  panel: noPanel(),
  noAlert: 'a test',
});

const failed = requests.where({ outcome: 'failed' });
const answered = availability(requests.where({}), { bad: failed });

it('an objective tickets, alerts and pages alone unless it says otherwise', () => {
  const { title, pages, alerts, pageGroup, dependsOn } = objective('answered', {
    owner: 'shop',
    target: 0.99,
    window: rolling('30d'),
    sli: answered,
  });
  assert.deepEqual(
    { title, pages, alerts, pageGroup, dependsOn },
    { title: 'answered', pages: false, alerts: true, pageGroup: 'answered', dependsOn: [] },
  );
});

it('an objective names what it depends on by id', () => {
  const options = { owner: 'shop', target: 0.99, window: rolling('30d'), sli: answered };
  const cause = objective('db', options);
  assert.deepEqual(objective('answered', { ...options, dependsOn: [cause] }).dependsOn, ['db']);
});

it('availability counts bad events, latency good ones', () => {
  assert.deepEqual(answered.bad, [failed]);
  assert.equal(answered.good, undefined);
  const fast = latency(duration.where({ outcome: 'ok' }), { withinMs: 2000 });
  assert.equal(fast.thresholdSeconds, 2);
  assert.equal(fast.good?.[0]?.metric, 'request_duration_seconds_bucket');
  assert.deepEqual(fast.good?.[0]?.matchers.find(({ label }) => label === 'le')?.value, '2');
});

it('all events of a latency are those of its histogram unless others are named', () => {
  const own = latency(duration.where({ outcome: 'ok' }), { withinMs: 500 });
  assert.deepEqual(
    own.valid.map(({ metric }) => metric),
    ['request_duration_seconds_count'],
  );
  const all = latency(duration.where({ outcome: 'ok' }), {
    withinMs: 500,
    valid: [duration.where({}).count(), failed],
  });
  assert.equal(all.valid.length, 2);
});

it('where a declaration was written is remembered beside it', () => {
  const declared = objective('a', {
    owner: 'shop',
    target: 0.99,
    window: rolling('30d'),
    sli: answered,
  });
  assert.match(declaredAt(declared) ?? '', /objective\.test\.ts:\d+:20$/);
  assert.match(declaredAt(answered) ?? '', /objective\.test\.ts:\d+:18$/);
  assert.equal(declaredAt({ ...declared }), undefined);
});

it('slices divide the hour', () => {
  assert.equal(timeSlice(answered, { goodRatioMin: 0.9, slice: '5m' }).slice?.minutes, 5);
  for (const slice of ['7m', '30s', '2h']) {
    assert.throws(() => timeSlice(answered, { goodRatioMin: 0.9, slice }), RangeError);
  }
});

it('parts that do not go together are refused', () => {
  const accepts = (sli: Sli, more = {}) =>
    objectiveSchema.safeParse(
      objective('a', { owner: 'b', target: 0.9, window: rolling('1d'), sli, ...more }),
    ).success;
  assert.equal(accepts(timeSlice(up('shop'), { goodRatioMin: 0.5 })), true);
  assert.equal(accepts(up('shop')), false);
  assert.equal(accepts(all([])), false);
  assert.equal(accepts({ ...answered, kind: 'composite' }), false);
  const [later, sooner] = ['2026-11-02T00:00:00Z', '2026-11-01T00:00:00Z'];
  const before = (...untils: string[]) => ({ before: untils.map((until) => ({ until })) });
  assert.equal(accepts(answered, before(sooner, later)), true);
  assert.equal(accepts(answered, before(later, sooner)), false);
  assert.equal(accepts(answered, before('2026-11-01')), false);
});

it('an objective survives the way through JSON', () => {
  const declared = objective('answered', {
    owner: 'shop',
    target: 0.99,
    window: rolling('30d'),
    sli: latency(duration.where({ outcome: 'ok' }), { withinMs: 2000 }),
  });
  const { sli, target } = objectiveSchema.parse(JSON.parse(JSON.stringify(declared)));
  assert.deepEqual({ kind: sli.kind, target }, { kind: 'latency', target: 0.99 });
});

it('a target of 1 has no budget and is refused', () => {
  const declared = {
    ...objective('a', { owner: 'b', target: 1, window: rolling('1d'), sli: answered }),
  };
  assert.equal(objectiveSchema.safeParse(declared).success, false);
});

it('windows shorter than an hour, longer than a year or in no zone are refused', () => {
  const accepts = (window: Window) =>
    objectiveSchema.safeParse(objective('a', { ...options, window })).success;
  const options = { owner: 'b', target: 0.9, sli: answered };
  assert.deepEqual(
    ['59m', '1h', '30d', '366d', '367d', 'soon'].map((length) => accepts(rolling(length))),
    [false, true, true, true, false, false],
  );
  assert.equal(accepts(calendar('quarter', 'Europe/Berlin')), true);
  assert.equal(accepts(calendar('month', 'Mars/Olympus')), false);
});

it('objectives that count the same events are recorded under one key', () => {
  const options = { owner: 'shop', target: 0.99, sli: answered };
  const month = objective('month', { ...options, window: rolling('30d') });
  const hours = objective('hours', { ...options, window: rolling('2h') });
  assert.equal(sliKey(month), sliKey(hours));
  assert.notEqual(sliKey(month), sliKey({ sli: latency(duration.where({}), { withinMs: 500 }) }));
  assert.equal(sliRecording('bad', '5m', 'month').metric, 'slo:bad_events:rate5m');
});
