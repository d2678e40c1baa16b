import { paths } from '../shell/route.ts';
import { changedQuery, place, shortHref } from './place.ts';
import { shortInstant } from './range.ts';

/** The minutes from an instant on, on the page of a promise; what is chosen there stays chosen. */
export function minutesFrom(id: string, at: string): string {
  const { path, query } = place.value;
  const page = paths.objective(id);
  const chosen = path === page ? query : new URLSearchParams();
  return shortHref(page, changedQuery(chosen, { minutes: shortInstant(Date.parse(at)) }));
}
