import { alertCheck } from './subject.ts';

/** What a runbook tells, in this order. */
const headings = ['## Meaning', '## Impact', '## Diagnosis', '## Mitigation'];

export const runbook = alertCheck({
  name: 'alert-runbook',
  summary: 'An alert without a whole runbook.',
  why: 'Who is woken by it at night starts from nothing.',
  fix: `Write \`alerts/runbooks/<alert>.md\` with ${headings.join(', ')}.`,
  bad: { alert: 'WithoutRunbook' },
  messages: ({ alert }, { runbooks }) => {
    const text = runbooks.get(alert);
    if (text === undefined) return [`there is no runbook ${alert}.md`];
    const places = [`# ${alert}\n`, ...headings].map((heading) => text.indexOf(heading));
    const whole = places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
    return whole ? [] : [`${alert}.md needs "# ${alert}" and ${headings.join(', ')}`];
  },
});
