import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertObstacles, rolling } from '@sprout/objectives';
import type { Text } from '@sprout/objectives';
import { fixWords, problemWords } from './words.ts';

/** One example of the values of every entry. */
type Examples<Words> = {
  readonly [C in keyof Words]: Words[C] extends (...values: infer V) => unknown ? V : never;
};

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

/** Every entry of a table, said of its example. */
const saidOf = (
  words: Readonly<Record<string, (values: never) => Text>>,
  examples: Readonly<Record<string, readonly unknown[]>>,
) =>
  Object.entries(words).map(([code, word]): [string, Text] => [
    code,
    Reflect.apply(word, undefined, examples[code] ?? []),
  ]);

/** Four words of letters in a row; names of fields and metrics are no words of a sentence. */
const englishSentence = /(?:\b[A-Za-z][a-z]*['’]?[a-z]*[ ,;:]+){3}[a-z]+\b/;

const ours = [
  ...saidOf(problemWords, problems),
  ...saidOf(fixWords, fixes),
  ...new Map(obstacles.map((one) => [one.code, one])),
];
for (const [code, { ko }] of ours) {
  test(`${code} is said in Korean`, () => {
    assert.match(ko, /[가-힣]/);
    assert.doesNotMatch(ko, englishSentence);
    assert.doesNotMatch(ko, /undefined|\[object/);
  });
}

test('an alert may be out of reach for two reasons', () => {
  assert.deepEqual(
    new Set(obstacles.map(({ code }) => code)),
    new Set(['BURN_RATE_UNREACHABLE', 'WINDOW_TOO_SHORT']),
  );
});
