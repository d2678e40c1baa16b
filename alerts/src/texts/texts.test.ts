import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertsOf } from '@sprout/signals';
import { buildRules } from '../build-rules.ts';
import { alertsIn } from '../rule/rule.ts';
import { fullConfig } from '../testing/config.ts';
import { buildUnitTests } from '../unit-tests/build-unit-tests.ts';
import { koreanTexts } from './korean.ts';

const environment = 'test';
const inLanguage = (language: 'en' | 'ko') =>
  alertsIn(buildRules({ ...fullConfig, alerts: { ...fullConfig.alerts, language, environment } }));
const english = inLanguage('en');
const korean = inLanguage('ko');
const hints = fullConfig.signals.flatMap(alertsOf);
const read = ['summary', 'description', 'impact', 'first_step'] as const;

test('every alert says everything in English and in Korean', () => {
  for (const { alert, annotations } of english) {
    for (const part of read) assert.match(annotations[part], /^[^가-힣]{10,}$/, `${alert} ${part}`);
  }
  for (const { alert, annotations } of korean) {
    for (const part of read) assert.match(annotations[part], /[가-힣]/, `${alert} ${part}`);
  }
});

test('every alert of a signal has Korean words of its own, and none is left of one that is gone', () => {
  assert.deepEqual(Object.keys(koreanTexts).toSorted(), hints.map(({ name }) => name).toSorted());
});

test('Korean names the same labels as English, so that the same alerts are told apart', () => {
  const named = (text: string | undefined) =>
    [...new Set((text ?? '').match(/\$labels\.\w+/g))].toSorted();
  for (const { name, summary } of hints) {
    assert.deepEqual(named(koreanTexts[name]?.summary), named(summary), name);
  }
});

test('every alert says how bad, whose, of what part, and where', () => {
  // promtool proves that alerts fire with the labels that these tests expect.
  const fired = buildUnitTests({ ...fullConfig, alerts: { ...fullConfig.alerts, environment } })
    .flatMap(({ tests }) => tests.flatMap(({ expectations }) => expectations))
    .flatMap(({ alertname, alerts }) => alerts.map(({ labels }) => ({ alertname, labels })));
  assert.deepEqual(
    [...new Set(fired.map(({ alertname }) => alertname))].toSorted(),
    [...new Set(english.map(({ alert }) => alert))].toSorted(),
  );
  for (const { alertname, labels } of fired) {
    assert.match(labels['severity'] ?? '', /^(page|ticket|info)$/, alertname);
    for (const label of ['team', 'service', 'component', 'page_group', 'env']) {
      assert.ok(labels[label], `${alertname} has no ${label}`);
    }
  }
});
