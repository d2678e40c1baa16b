import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertObstacles, rolling } from '@sprout/objectives';
import { assertWholeKorean, saidOf } from '@sprout/objectives/testing';
import type { Examples } from '@sprout/objectives/testing';
import { fixWords, problemWords } from './words.ts';

const known = ['ok', 'failed'];
const problems: Examples<typeof problemWords> = {
  ID_TWICE: [{ id: 'a', times: 2 }],
  OBJECTIVE_UNKNOWN: [{ id: 'a' }],
  CIRCLE: [{ circle: ['a', 'b', 'a'] }],
  SERVICE_OF_METRIC_UNKNOWN: [{ metric: 'a_total', service: 'shopp', known }],
  SERVICE_UNKNOWN: [{ service: 'shopp', known }],
  SIGNAL_UNKNOWN: [{ metric: 'a_total' }],
  BUCKET_UNKNOWN: [{ signal: 'a_seconds', bound: '0.7', buckets: [0.5, 2] }],
  LABEL_UNKNOWN: [{ signal: 'a_total', label: 'outcom' }],
  LABEL_VALUE_UNKNOWN: [{ signal: 'a_total', label: 'outcome', value: 'lost' }],
  THRESHOLD_ABSENT: [{ id: 'a', withinMs: 500 }],
  COMPOSITE_GROUPED: [],
  SCRAPES_GROUPED: [],
  SLICES_ABSENT: [],
  COMPOSITE_ALERTS: [],
  ALERT_UNREACHABLE: [{ number: 1, why: { en: 'cannot', ko: '할 수 없습니다' } }],
};
const fixes: Examples<typeof fixWords> = {
  GIVE_OWN_ID: [],
  ADD_TO: [{ list: 'signals' }],
  DID_YOU_MEAN: [{ near: '"outcome"' }],
  BREAK_CIRCLE: [],
  CHOOSE_BUCKET: [],
  LABELS_ARE: [{ known: [] }],
  VALUES_ARE: [{ known }],
  ONLY_LATENCY: [],
  GROUP_MEMBERS: [],
  PROMISE_EACH_SERVICE: [],
  TAKE_OUT: [],
  MEMBERS_ALERT: [],
  REACH_OR_MUTE: [],
};

const obstacles = [
  ...alertObstacles({ target: 0.9, window: rolling('30d') }, 15),
  ...alertObstacles({ target: 0.99, window: rolling('1h') }, 15),
].map(({ what }) => what);

const ours = [
  ...saidOf(problemWords, problems),
  ...saidOf(fixWords, fixes),
  ...new Map(obstacles.map((one) => [one.code, one])),
];
for (const [code, { ko }] of ours) {
  test(`${code} is said in Korean`, () => assertWholeKorean(ko));
}

test('an alert may be out of reach for two reasons', () => {
  assert.deepEqual(
    new Set(obstacles.map(({ code }) => code)),
    new Set(['BURN_RATE_UNREACHABLE', 'WINDOW_TOO_SHORT']),
  );
});
