import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { calendar, objective, rolling } from '../index.ts';
import type { Objective } from '../index.ts';
import { declarationsOf } from './index.ts';

const series = {
  metric: 'a_total',
  matchers: [{ label: 'b', op: '=' as const, value: 'it\'s "\\"' }],
  service: 'any',
};
const sli = { kind: 'availability' as const, valid: [series], bad: [series] };
const cause = objective('new', { owner: 'x', target: 0.9, window: rolling('7d'), sli });
const effect = objective('a-1', {
  title: "it's\nkept",
  owner: 'x',
  target: 0.999,
  window: calendar('month', 'Europe/Berlin'),
  pages: true,
  alerts: false,
  pageGroup: 'g',
  dependsOn: [cause],
  sli,
});

test('declarations are promises again when they are evaluated', () => {
  const all = [effect, objective('a1', { ...cause, dependsOn: [] }), cause];
  const { text, notSaid } = declarationsOf(all);
  assert.deepEqual(notSaid, []);
  assert.match(text, /^import \{ calendar, objective, rolling \} from '@sprout\/objectives';$/m);
  assert.deepEqual(evaluate(text), JSON.parse(JSON.stringify(all)));
});

test('a cause that is elsewhere or that is an effect is named', () => {
  const circle: readonly Objective[] = [
    { ...effect, dependsOn: ['new', 'gone'] },
    { ...cause, dependsOn: ['a-1'] },
  ];
  const { text, notSaid } = declarationsOf(circle);
  assert.deepEqual(notSaid, [
    { objective: 'new', what: 'depends on a-1, which depends on it in turn' },
    { objective: 'a-1', what: 'depends on gone, which the file has not' },
  ]);
  assert.equal(evaluate(text).length, 2);
});

function evaluate(text: string): unknown[] {
  const script = text.replace(/^import .*$/m, '').replaceAll('export const', 'const');
  const globals = { objective, rolling, calendar };
  return JSON.parse(runInNewContext(`${script};JSON.stringify(importedObjectives)`, globals));
}
