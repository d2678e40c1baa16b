import type { Page } from '@sprout/slo-service/api';
import type { Interval } from '../place/range.ts';

/** One row of the timeline: a page group and when its alerts fired, as fractions of the interval. */
export interface Lane {
  readonly group: string;
  readonly bars: readonly {
    readonly page: Page;
    readonly start: number;
    readonly length: number;
  }[];
}

/** Alerts that fired at any time of an interval, newest first. */
export function overlapping(pages: readonly Page[], { fromMs, toMs }: Interval): readonly Page[] {
  return pages
    .filter((page) => startOf(page) < toMs && endOf(page, toMs) > fromMs)
    .toSorted((a, b) => startOf(b) - startOf(a));
}

/** Places alerts in lanes by page group; bars are cut at the ends of the interval. */
export function timelineLanes(pages: readonly Page[], interval: Interval): readonly Lane[] {
  const { fromMs, toMs } = interval;
  const length = toMs - fromMs;
  const groups = Map.groupBy(pages, (page) => page.pageGroup);
  return [...groups]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([group, members]) => ({
      group,
      bars: members.map((page) => {
        const start = Math.max(startOf(page), fromMs);
        const end = Math.min(endOf(page, toMs), toMs);
        return { page, start: (start - fromMs) / length, length: (end - start) / length };
      }),
    }));
}

const startOf = (page: Page): number => Date.parse(page.startedAt);
const endOf = (page: Page, stillMs: number): number =>
  page.endedAt === null ? stillMs : Date.parse(page.endedAt);
