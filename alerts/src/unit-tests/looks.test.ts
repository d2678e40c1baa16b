import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { compileConfig, findTool } from '@sprout/process';
import { alertLooks, counter, gauge, histogram, logSignal, noPanel } from '@sprout/signals';
import type { AlertHint, Signal } from '@sprout/signals';
import { buildRules } from '../build-rules.ts';
import { runUnitTests } from '../lint/run-unit-tests.ts';
import { printRules } from '../rule/print.ts';
import { mutated } from '../testing/mutants.ts';
import { buildUnitTests } from './build-unit-tests.ts';

const said = {
  severity: 'ticket',
  for: '3m',
  summary: '{{ $labels.service }} is bad',
  impact: 'This one.',
  firstStep: 'That one.',
} as const;

/** One alert of every look, and of every way to compare. */
const signals: Signal[] = [
  gauge('value_ratio', { ...text(), alert: alert('Value', { of: 'value', above: 0.5 }) }),
  gauge('sum_bytes', { ...text(), alert: alert('Sum', { of: 'value', by: [], below: 3 }) }),
  gauge('up_flag', { ...text(), alert: alert('Count', { of: 'count', equals: 0, above: 1 }) }),
  counter('rate_total', {
    ...text(),
    labels: { outcome: ['ok', 'error', 'timeout'] },
    alert: [
      alert('Rate', { of: 'rate', where: { outcome: ['error', 'timeout'] }, above: 0.2 }),
      alert('Increase', { of: 'increase', window: '15m', where: { outcome: 'error' }, above: 3 }),
      alert('Share', {
        of: 'rate',
        where: { outcome: 'error' },
        against: { signal: 'rate_total' },
        atLeast: 0.5,
        above: 0.05,
      }),
      alert('Drop', { of: 'rate', window: '1h', against: { ago: '1w' }, atLeast: 1, below: 0.5 }),
      alert('Spike', {
        of: 'rate',
        window: '30m',
        against: { over: '1d' },
        atLeast: 0.01,
        above: 3,
      }),
    ],
  }),
  histogram('seconds', {
    ...text(),
    labels: { code: 'any' },
    buckets: [0.1, 1, 2],
    alert: [
      alert('Quantile', { of: 'p99', above: 1 }),
      alert('Errors', {
        of: 'rate',
        where: { code: { matching: '5..' } },
        against: { signal: 'seconds_count' },
        above: 0.05,
      }),
    ],
  }),
  gauge('started_seconds', {
    ...text(),
    alert: [
      alert('Changes', { of: 'changes', above: 2 }),
      alert('Age', { of: 'age', above: 3600 }),
      alert('Left', { of: 'left', below: 86_400 }),
    ],
  }),
  gauge('free_bytes', {
    ...text(),
    alert: [
      alert('Forecast', { of: 'forecast', ahead: '4h', below: 0 }),
      alert('Absence', { of: 'absence' }),
      alert('Filled', { of: 'value', against: { signal: 'sum_bytes' }, below: 0.1 }),
    ],
  }),
  logSignal('panics_total', {
    ...text(),
    owner: 'collector',
    service: 'any',
    pattern: 'panic',
    alert: alert('Panic', { of: 'increase', above: 0 }),
  }),
];

function text() {
  return { help: 'Something.', owner: 'any', panel: noPanel() };
}

function alert(name: string, hint: Omit<AlertHint, keyof typeof said | 'name'>): AlertHint {
  return { name, ...said, ...hint };
}

const config = compileConfig({ services: [], signals, objectives: [] }, '/');
const groups = buildRules(config);
const files = buildUnitTests(config).filter(({ name }) => name.startsWith('signals'));
const promtool = findTool('promtool', config);
let directory: string;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'sprout-looks-'));
});
after(() => rmSync(directory, { recursive: true, force: true }));

test('every look has an alert here', () => {
  const used = signals.flatMap(({ alert: hints = [] }) => [hints].flat().map(({ of }) => of));
  assert.deepEqual(new Set(used), new Set(alertLooks));
});

test('promtool agrees with what is predicted of every look', async () => {
  assert.deepEqual(await runUnitTests(promtool, groups, files, directory), []);
});

const mutants: readonly (readonly [what: string, from: RegExp, to: string, alert: string])[] = [
  ['a share that is no share', / \/ sum by \(service\) \(rate\(rate_total\[5m\]\)\)/g, '', 'Share'],
  ['a comparison with another day', /offset 7d/g, 'offset 1d', 'Drop'],
  ['a window that is too long', /\[15m\]/g, '[1h]', 'Increase'],
  ['a forecast that looks too far', /, 14400\)/g, ', 144000)', 'Forecast'],
  ['a label that is not looked at', /\{code=~"5\.\."\}/g, '', 'Errors'],
  ['a count of the others', /== bool 0/g, '!= bool 0', 'Count'],
  ['a log signal of the collector', /log_service, service/g, 'service', 'Panic'],
  [
    'an absence that stays',
    / unless group by \(service\) \(present_over_time\(free_bytes\[2m\]\)\)/g,
    '',
    'Absence',
  ],
  ['a clock that stands', /time\(\) - /g, '0 - ', 'Age'],
];

for (const [what, from, to, looking] of mutants) {
  test(`the tests notice ${what}`, async () => {
    const changed = mutated(groups, { from, to });
    assert.notEqual(printRules(changed), printRules(groups), 'the mutation changes something');
    const named = files.map((file) => ({
      ...file,
      tests: file.tests.filter(({ name }) => name.startsWith(`${looking}:`)),
    }));
    const [finding] = await runUnitTests(promtool, changed, named, directory);
    assert.match(finding?.message ?? 'promtool was content', /FAILED/);
  });
}
