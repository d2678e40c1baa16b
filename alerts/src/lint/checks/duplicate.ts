import type { Check } from '@sprout/lint';
import { nameOf } from '../rule-name.ts';
import { recording } from './subject.ts';
import type { RuleSubject } from './subject.ts';

const twin = recording('service:requests:rate5m', 'sum by (service) (rate(requests_total[5m]))');

export const duplicate: Check<RuleSubject> = {
  name: 'rule-duplicate',
  summary: 'Two rules with the same name and the same labels.',
  why: 'Recordings overwrite each other; alerts are one to Alertmanager, which resolves the one when the other ends.',
  fix: 'Remove one, or tell them apart by a label.',
  bad: {
    text: 'record: service:requests:rate5m   # twice',
    subject: {
      groups: [{ name: 'example', intervalSeconds: 15, rules: [twin, twin] }],
      tests: [],
      runbooks: new Map(),
      known: { signals: [] },
    },
  },
  find: ({ groups }) => {
    const rules = groups.flatMap((group) => group.rules);
    const identity = (rule: (typeof rules)[number]) =>
      JSON.stringify([rule.kind === 'alert' ? rule.alert : rule.record, rule.labels]);
    return [...Map.groupBy(rules, identity).values()].flatMap(([first, second]) =>
      first !== undefined && second !== undefined
        ? { where: nameOf(first), message: 'two rules have the same name and labels' }
        : [],
    );
  },
};
