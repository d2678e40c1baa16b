import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importOpenSlo } from './index.ts';

const foreign = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout.latency
  labels: {team: [a, b]}
spec:
  description: Checkout answers
  service: checkout
  indicator:
    spec:
      ratioMetric:
        counter: true
        good: {metricSource: {type: prometheus, spec: {query: 'sum(http_seconds_bucket{le="0.5"})'}}}
        total: {metricSource: {metricSourceRef: main, spec: {query: sum(http_seconds_count)}}}
  timeWindow:
    - {duration: 4w, isRolling: true}
  budgetingMethod: Occurrences
  objectives:
    - targetPercent: 99.95
  alertPolicies: [{alertPolicyRef: x}]
---
apiVersion: openslo/v1
kind: DataSource
metadata: {name: main}
spec: {type: Prometheus, connectionDetails: {}}
`;

test("another tool's promise is read, and what is lost of it is named with its line", () => {
  const { objectives, problems, notSaid } = importOpenSlo(foreign);
  assert.deepEqual(problems, []);
  const [draft] = objectives;
  assert.ok(draft);
  const { id, title, owner, target, window, sli } = draft;
  assert.deepEqual(
    { id, title, owner, target, window, kind: sli.kind, seconds: sli.thresholdSeconds },
    {
      id: 'checkout-latency',
      title: 'Checkout answers',
      owner: 'checkout',
      target: 0.9995,
      window: { kind: 'rolling', length: '4w' },
      kind: 'latency',
      seconds: 0.5,
    },
  );
  assert.deepEqual(
    notSaid.map(({ line, what }) => `${line} ${what}`),
    [
      '4 the name checkout.latency; it becomes checkout-latency',
      '5 labels',
      '14 the data source main',
      '20 alert policies; Sprout derives its own',
      '22 the document DataSource main',
    ],
  );
});

test('every problem of a file is told at once, with its line and path', () => {
  const wrong = foreign
    .replace('targetPercent: 99.95', 'tagret: 0.9')
    .replace('4w', '4x')
    .replace('kind: DataSource', 'kind: Datasource');
  const { problems } = importOpenSlo(`${wrong}---\na: [\n`);
  assert.deepEqual(
    problems.map(({ line, path }) => `${line} ${path}`),
    [
      '16 spec.timeWindow[0].duration',
      '19 spec.objectives[0].tagret',
      '19 spec.objectives[0]',
      '23 kind',
      '28 ',
    ],
  );
});

test('problems that only a reading shows are told too', () => {
  const said = (text: string) =>
    importOpenSlo(text).problems.map(({ line, path, message }) => `${line} ${path}: ${message}`);
  const twice = said(`${foreign}---\n${foreign}`);
  assert.deepEqual(twice, [
    '30 metadata.name: SLO checkout.latency comes twice',
    '50 metadata.name: DataSource main comes twice',
  ]);
  const query = foreign.replace('sum(http_seconds_count)', 'sum(http_seconds_count');
  assert.match(said(query)[0] ?? '', /^14 .*total.metricSource.spec.query: the expression ends/);
  const annotated = foreign.replace('labels: {team: [a, b]}', 'annotations: {sprout.dev/pages: x}');
  assert.deepEqual(said(annotated), [
    '5 metadata.annotations.sprout.dev/pages: "x" is none of true, false',
  ]);
  assert.match(said('')[0] ?? '', /no OpenSLO document/);
  assert.match(said('apiVersion: openslo/v1alpha\nkind: SLO')[0] ?? '', /^1 apiVersion: only/);
});

/** Changes that make a right file which Sprout has no words for, and what is said of it. */
const leftOut: [string, string, RegExp][] = [
  ['Occurrences', 'RatioTimeslices', /^RatioTimeslices; it is left out/],
  ['4w', '1M', /^a rolling window of 1M, whose length varies; it is left out/],
  ['4w', '400d', /^a window of 400d; Sprout has windows from 1h to 366d; it is left out/],
  ['targetPercent: 99.95', 'target: 0', /^a target of 0/],
  ['targetPercent: 99.95', '{target: 0.9, compositeWeight: 1}', /^a composite objective/],
  ['type: prometheus', 'type: Datadog', /^a metric source of type Datadog; it is left out/],
  ['counter: true', 'counter: false', /^a gauge \(counter: false\); it is left out/],
  ['sum(http_seconds_count)', '"sum(rate(x[5m]))"', /^a ratio of counter to rate; it is left out/],
  [
    '{duration: 4w, isRolling: true}',
    '{duration: 1M, calendar: {startTime: 2024-01-15 00:00:00, timeZone: UTC}}',
    /^a calendar window of 1M from 2024-01-15/,
  ],
];

for (const [from, to, expected] of leftOut) {
  test(`${to} in place of ${from} is named`, () => {
    assert.ok(foreign.includes(from));
    const { objectives, problems, notSaid } = importOpenSlo(foreign.replace(from, to));
    assert.deepEqual([problems, objectives], [[], []]);
    assert.ok(
      notSaid.some(({ what }) => expected.test(what)),
      JSON.stringify(notSaid),
    );
  });
}

test('a window aligned to the calendar is read in its zone', () => {
  const monthly =
    '{duration: 3M, calendar: {startTime: 2024-07-01 00:00:00, timeZone: Asia/Seoul}}';
  const { objectives } = importOpenSlo(foreign.replace('{duration: 4w, isRolling: true}', monthly));
  assert.deepEqual(objectives[0]?.window, {
    kind: 'calendar',
    unit: 'quarter',
    zone: 'Asia/Seoul',
  });
});

const sliced = (fields: string, method = 'Timeslices') =>
  importOpenSlo(
    foreign
      .replace('Occurrences', method)
      .replace('- targetPercent: 99.95', `- {targetPercent: 99.95, ${fields}}`),
  );

test('time slices are read, their length in minutes unless it says otherwise', () => {
  for (const [window, minutes] of [
    ['5', 5],
    ["'10m'", 10],
    ['1h', 60],
  ] as const) {
    const { objectives, problems } = sliced(`timeSliceTarget: 0.9, timeSliceWindow: ${window}`);
    assert.deepEqual(problems, []);
    const [draft] = objectives;
    assert.equal(draft?.sli.kind, 'time-slice');
    assert.deepEqual(draft.sli.slice, { goodRatioMin: 0.9, minutes, noTraffic: 'skip' });
    assert.equal(draft.sli.thresholdSeconds, 0.5);
  }
});

test('slices that Sprout has not are named, and those without a length are wrong', () => {
  const named = (fields: string, method?: string) =>
    sliced(fields, method).notSaid.map(({ line, what }) => `${line} ${what}`);
  const is = (list: readonly string[], text: string) => assert.ok(list.includes(text), `${list}`);
  is(
    named('timeSliceTarget: 0.9, timeSliceWindow: 7m'),
    '19 slices of 7m, which do not divide an hour; it is left out',
  );
  is(
    named('timeSliceTarget: 0.9, timeSliceWindow: 1M'),
    '19 slices of 1M, which do not divide an hour; it is left out',
  );
  is(
    named('timeSliceTarget: 0, timeSliceWindow: 5m'),
    '19 slices that are good with nothing good; it is left out',
  );
  is(
    named('timeSliceTarget: 0.9, timeSliceWindow: 5m', 'RatioTimeslices'),
    '17 RatioTimeslices; it is left out, since Sprout takes no mean of slices',
  );
  is(
    named('timeSliceTarget: 0.9, timeSliceWindow: 5m', 'Occurrences'),
    '19 timeSliceTarget of a target',
  );
  const wrong = (fields: string) =>
    sliced(fields).problems.map(({ line, path, message }) => `${line} ${path}: ${message}`);
  assert.deepEqual(wrong('timeSliceTarget: 0.9'), [
    '19 spec.objectives[0]: Timeslices needs timeSliceTarget and timeSliceWindow',
  ]);
  assert.deepEqual(wrong('timeSliceTarget: 0.9, timeSliceWindow: soon'), [
    '19 spec.objectives[0].timeSliceWindow: write for example 5, 5m or 1h',
  ]);
});
