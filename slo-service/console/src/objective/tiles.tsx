import { formatBurnRate, formatRatio, formatTarget, wholeCount } from '@sprout/objectives/figure';
import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';
import { formatCount } from '../format/count.ts';
import { shortSpan } from '../format/time-span.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import { locale, texts } from '../i18n/language.ts';
import { windowSeconds } from '../place/range.ts';
import { burnNow, outageSecondsLeft } from './standing.ts';

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly hint: string;
}

/** The figures of a promise: compliance, budget in events and time, burn, how long, coverage. */
export function Tiles({ status }: { readonly status: ObjectiveStatus }) {
  return (
    <dl class="tiles">
      {tilesOf(status, texts(), locale()).map(({ name, value, hint }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <b>{value}</b>
            <small>{hint}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The figures as texts; a figure that is not known is a dash. */
export function tilesOf(status: ObjectiveStatus, t: Dictionary, locale: string): readonly Tile[] {
  const budget = judgedBudget(status.budget);
  const measured = budget.compliance !== null;
  const outage = outageSecondsLeft(budget, status);
  const burn = burnNow(status);
  return [
    {
      name: t.compliance,
      value: formatRatio(budget.compliance, status.target),
      hint: t.promised(formatTarget(status.target)),
    },
    {
      name: t.eventsLeft,
      value: measured ? formatCount(wholeCount(budget.left), locale) : '–',
      hint: t.ofAllowed(formatCount(wholeCount(budget.allowed), locale)),
    },
    {
      name: t.timeLeft,
      value: outage === null ? '–' : shortSpan(outage, locale),
      hint: t.timeLeftHint,
    },
    {
      name: t.burnNow,
      value: formatBurnRate(burn?.burnRate ?? null),
      hint: t.burnHint(burn ? shortSpan(windowSeconds(burn.window), locale) : '–'),
    },
    { name: t.exhaustedIn, value: lastsText(status, t, locale), hint: lastsHint(status, t) },
    { name: t.coverage, value: formatRatio(budget.coverage), hint: t.coverageHint },
  ];
}

/** Only a forecast depends on the pace. */
function lastsHint({ budget, secondsToExhaustion }: ObjectiveStatus, t: Dictionary): string {
  return secondsToExhaustion === null || judgedBudget(budget).left <= 0
    ? ''
    : t.exhaustedAtThisPace;
}

function lastsText(status: ObjectiveStatus, t: Dictionary, locale: string): string {
  const { left, leftFraction } = judgedBudget(status.budget);
  if (leftFraction === null) return '–';
  if (left <= 0) return t.exhaustedSpent;
  if (status.secondsToExhaustion === null) return t.exhaustedNever;
  const window = windowSeconds(status.window);
  if (status.secondsToExhaustion > window) return t.exhaustedBeyond(shortSpan(window, locale));
  return shortSpan(status.secondsToExhaustion, locale);
}
