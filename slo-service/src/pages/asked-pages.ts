import type { Page } from '../api/schemas.ts';

/** Which pages are asked for; what is left out does not matter. */
export interface PagesQuestion {
  /** Those that fired, or of which somebody was told, at or after this instant. */
  readonly from?: string | undefined;
  /** Those that began before this instant. */
  readonly to?: string | undefined;
  /** Those that touch this objective. */
  readonly objective?: string | undefined;
  /** Those of this page group. */
  readonly group?: string | undefined;
}

/** Whether a page is among those asked for. */
export function isAsked(page: Page, { from, to, objective, group }: PagesQuestion): boolean {
  return (
    (to === undefined || Date.parse(page.startedAt) < Date.parse(to)) &&
    (from === undefined || lastedUntilMs(page) >= Date.parse(from)) &&
    (objective === undefined || page.objectives.some(({ id }) => id === objective)) &&
    (group === undefined || page.pageGroup === group)
  );
}

/** That an alert is over is told after its end. */
function lastedUntilMs({ endedAt, notifications }: Page): number {
  if (endedAt === null) return Infinity;
  return Math.max(Date.parse(endedAt), ...notifications.map(({ at }) => Date.parse(at)));
}
