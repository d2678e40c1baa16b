import type { Check } from '@sprout/lint';
import { isBurnAlert } from '@sprout/objectives';
import { alertsIn } from '../../rule/rule.ts';
import type { AlertRule } from '../../rule/rule.ts';
import { exampleAlert, subjectOf } from './subject.ts';
import type { RuleSubject } from './subject.ts';

const impact = 'Something is wrong.';
const vague = { ...exampleAlert, annotations: { ...exampleAlert.annotations, impact } };

export const ownWords: Check<RuleSubject> = {
  name: 'alert-own-words',
  summary: 'Two alerts that say the same about what breaks, or about what to do first.',
  why: 'Words that fit two alerts are too general for either: who is woken learns nothing from them.',
  fix: 'Say who feels what, and name the first command, metric or board to look at. The four alerts on one error budget are one family and may share theirs.',
  bad: {
    text: `QueueLong:  impact: ${impact}\nQueueShort: impact: ${impact}`,
    subject: subjectOf([
      vague,
      {
        ...vague,
        alert: 'QueueShort',
        annotations: { ...vague.annotations, first_step: 'Look at the producers.' },
      },
    ]),
  },
  find: ({ groups }) => {
    const said = Map.groupBy(alertsIn(groups).flatMap(wordsOf), ({ part, text }) => part + text);
    return [...said.values()].flatMap((words) => {
      const [family, ...others] = new Set(words.map((word) => word.family));
      const part = words[0]?.part ?? '';
      return others.map((other) => ({
        where: `alert ${other}`,
        message: `its ${part} is that of ${family} too`,
      }));
    });
  },
};

/** In every language, before anything is filled in. */
function wordsOf({ alert, annotations }: AlertRule) {
  const family = isBurnAlert(alert) ? 'ErrorBudgetBurn…' : alert;
  return Object.entries(annotations)
    .filter(([part]) => /^(impact|first_step)(_|$)/.test(part))
    .map(([part, text]) => ({ part, text: text.trim().toLowerCase(), family }));
}
