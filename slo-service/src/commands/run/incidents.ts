import type { CommandContext } from '@sprout/process';
import { incidentListSchema } from '../../incidents/incident.ts';
import type { Incident, IncidentList } from '../../incidents/incident.ts';
import { asked, objectivePath } from './asked.ts';
import { askTarget } from './objective-target.ts';
import { table } from './table.ts';
import { askWholeList } from './whole-list.ts';
import { events, percent, timeSpan } from './words.ts';

/** `sprout slo incidents`. */
export async function run(context: CommandContext): Promise<number> {
  const query = asked(context, 'from', 'to', 'factor', 'gap');
  const path = objectivePath(context, `/incidents?${query}`);
  const list = await askWholeList(context, path, incidentListSchema);
  if (context.values['json']) context.print(JSON.stringify(list));
  else describe(list, await askTarget(context)).forEach(context.print);
  return 0;
}

function describe(list: IncidentList, target: number): string[] {
  const { figures, items, rule, from, to } = list;
  const span = (seconds: number | null) => (seconds === null ? '–' : timeSpan(seconds));
  return [
    `${from} to ${to}; bad minutes fail ${percent(rule.badRatioMin)} or more`,
    '',
    ...table([
      ['incidents', `${figures.incidents}, ${figures.detected} of them paged or ticketed`],
      ['observed', span(figures.observedSeconds)],
      ['down', span(figures.downSeconds)],
      ['MTTD', span(figures.mttdSeconds)],
      ['MTTR', span(figures.mttrSeconds)],
      ['MTTF', span(figures.mttfSeconds)],
      ['MTBF', span(figures.mtbfSeconds)],
      ['availability', `${percent(figures.timeAvailability, target)} of the time`],
      ['', `${percent(figures.eventAvailability, target)} of the events`],
    ]),
    ...(items.length === 0 ? [] : ['', ...table([header, ...items.map(row)])]),
  ];
}

const header = ['FROM', 'TO', 'MINUTES', 'BAD', 'WORST MINUTE', 'DETECTED AFTER', 'PAGE'];

function row(incident: Incident): string[] {
  const { from, to, minutes, bad, worstRatio, secondsToDetect, page } = incident;
  const detected = secondsToDetect === null ? 'never' : timeSpan(secondsToDetect);
  const end = to ?? 'goes on';
  return [
    from,
    end,
    events(minutes),
    events(bad),
    percent(worstRatio),
    detected,
    page ?? (noteOf(incident) || '–'),
  ];
}

const noteOf = ({ simulated, approximate, coarse }: Incident): string =>
  [simulated ? 'simulated' : '', approximate ? 'approximate' : '', coarse ? 'by the hour' : '']
    .filter(Boolean)
    .join(', ');
