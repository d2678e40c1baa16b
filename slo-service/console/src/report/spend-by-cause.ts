import type { Report } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';

/** A cause of bad events: an incident, or everything outside of incidents. */
export interface Cause {
  readonly key: string;
  readonly kind: 'incident' | 'scattered';
  readonly from: string | null;
  readonly to: string | null;
  /** Page that found it. */
  readonly page: string | null;
  /** A deploy shortly before it. */
  readonly deploy: string | null;
  readonly bad: number;
  /** Part of what the period allowed. */
  readonly fraction: number | null;
}

/** A deploy this long before an incident is named with it. */
const deployBeforeMsMax = 30 * 60_000;

/** What spent the budget of a period, the costliest first; it adds up to all bad events. */
export function spendByCause(report: Report): readonly Cause[] {
  const { bad, allowed } = judgedBudget(report.budget);
  const fractionOf = (events: number) => (allowed > 0 ? events / allowed : null);
  const incidents = report.incidents.map((one): Cause => ({
    key: one.from,
    kind: 'incident',
    from: one.from,
    to: one.to,
    page: one.page,
    deploy: deployBefore(report, Date.parse(one.from)),
    bad: one.bad,
    fraction: fractionOf(one.bad),
  }));
  const rest = Math.max(0, bad - incidents.reduce((sum, one) => sum + one.bad, 0));
  return [
    ...incidents.toSorted((a, b) => b.bad - a.bad),
    {
      key: 'scattered',
      kind: 'scattered',
      from: null,
      to: null,
      page: null,
      deploy: null,
      bad: rest,
      fraction: fractionOf(rest),
    },
  ];
}

function deployBefore({ annotations }: Report, atMs: number): string | null {
  const found = annotations.findLast(({ at }) => {
    const before = atMs - Date.parse(at);
    return before >= 0 && before <= deployBeforeMsMax;
  });
  return found?.title ?? null;
}
