import { formatBurnRate } from '@sprout/objectives/figure';
import type { TriedPromise } from '../../status/what-if.ts';
import { leftFractionOf } from '../../status/window.ts';
import { table } from './table.ts';
import { events, percent, promise, wholeEvents } from './words.ts';

/** Above the rows of promises that were tried. */
export const promiseTitles = ['', 'TARGET', 'WINDOW', 'BAD OF ALLOWED', 'LEFT', ''];

/** What the past makes of a promise. */
export function promiseRow(name: string, { target, window, budget, kept }: TriedPromise): string[] {
  const { allowed, bad } = budget.adjusted ?? budget;
  return [
    name,
    promise(target),
    window,
    `${events(bad)} of ${wholeEvents(allowed)}`,
    percent(leftFractionOf(budget)),
    kept === null ? 'unknown' : kept ? 'kept' : 'broken',
  ];
}

/** Windows over which its alerts could never fire. */
export const unreachableLines = ({ unreachableAlerts: mute }: TriedPromise): string[] =>
  mute.length === 0
    ? []
    : ['', `no alert could fire over ${mute.join(', ')}: the target is too low`];

/** When its alerts would have fired in the last 30 days. */
export function alertLines(name: string, { wouldAlert }: TriedPromise): string[] {
  if (wouldAlert === null) return ['', `${name}: no alerts watch it`];
  const { from, to, pages, tickets, alerts } = wouldAlert;
  const blind = alerts.filter(({ firings }) => firings === null);
  return [
    '',
    `${name}: pages ${pages}, tickets ${tickets}, from ${from} to ${to}`,
    ...(alerts.some(({ count }) => count > 0)
      ? table([firingTitles, ...alerts.flatMap(rows)])
      : []),
    ...blind.map(
      ({ alert, shortWindow }) => `${alert}: looks at ${shortWindow}, less than the ledger tells`,
    ),
  ];
}

const firingTitles = ['  FROM', 'TO', 'ALERT', 'WINDOWS', 'WORST', 'ABOVE', ''];

function rows({
  alert,
  severity,
  longWindow,
  shortWindow,
  threshold,
  count,
  firings,
}: NonNullable<TriedPromise['wouldAlert']>['alerts'][number]): string[][] {
  const shown = firings ?? [];
  const told = shown.map((one) => [
    `  ${one.from}`,
    one.to ?? 'goes on',
    `${alert} (${severity})`,
    `${longWindow} and ${shortWindow}`,
    formatBurnRate(one.worstBurnRate),
    formatBurnRate(threshold),
    notes(one),
  ]);
  const earlier = count - shown.length;
  return earlier === 0 ? told : [[`  ${earlier} earlier`, '', alert, '', '', '', ''], ...told];
}

type Firing = NonNullable<
  NonNullable<TriedPromise['wouldAlert']>['alerts'][number]['firings']
>[number];

const notes = ({ unmeasuredMinutes, excludedMinutes, simulated, coarse }: Firing): string =>
  [
    unmeasuredMinutes > 0 ? `${unmeasuredMinutes} min not measured` : '',
    excludedMinutes > 0 ? `${excludedMinutes} min excluded` : '',
    simulated ? 'simulated' : '',
    coarse ? 'by the hour' : '',
  ]
    .filter(Boolean)
    .join(', ');
