import { shortHref } from './place.ts';

const halfHourMs = 30 * 60_000;

/** The timeline half an hour before and after a moment. */
export function timelineAround(at: string): string {
  const instant = (offsetMs: number) => new Date(Date.parse(at) + offsetMs).toISOString();
  const query = new URLSearchParams({ from: instant(-halfHourMs), to: instant(halfHourMs) });
  return shortHref('/timeline', query);
}
