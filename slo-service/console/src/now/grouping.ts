import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { byWorst } from '@sprout/slo-service/standing';
import { routeOf } from '../objective/sentence.ts';

/** A promise and the same promise over other windows, which are reported but alert nobody. */
export interface Promised {
  readonly main: ObjectiveStatus;
  readonly variants: readonly ObjectiveStatus[];
}

/** What belongs together for a reader: a route, or a service that has no route. */
export interface Group {
  readonly key: string;
  readonly route: string | undefined;
  /** What users feel. */
  readonly promises: readonly Promised[];
  /** What those stand on: databases, queues, services behind the route. */
  readonly behind: readonly ObjectiveStatus[];
}

/** Groups promises by route, the worst promise of the worst group first. */
export function groupObjectives(all: readonly ObjectiveStatus[]): readonly Group[] {
  const routes = new Set(all.map(routeOf));
  const groups = Map.groupBy(all, (status) => keyOf(status, routes));
  return [...groups]
    .map(([key, members]) => makeGroup(key, members))
    .toSorted((a, b) => byWorst(worstOf(a), worstOf(b)));
}

/** Keeps the promises whose id, title, owner or route contain every word of `text`. */
export function filterObjectives(
  all: readonly ObjectiveStatus[],
  text: string,
): readonly ObjectiveStatus[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return all;
  return all.filter((status) => {
    const searched = [status.id, status.title, status.owner, status.verdict, status.state];
    const haystack = searched.join(' ').toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

function keyOf(status: ObjectiveStatus, routes: ReadonlySet<string | undefined>): string {
  const route = routeOf(status) ?? (routes.has(status.owner) ? status.owner : undefined);
  return route === undefined ? `service ${status.owner}` : `route ${route}`;
}

function makeGroup(key: string, members: readonly ObjectiveStatus[]): Group {
  const [kind, name] = key.split(' ');
  const sorted = members.toSorted(byWorst);
  const front = kind === 'route' ? sorted.filter((status) => routeOf(status)) : sorted;
  const behind = sorted.filter((status) => !front.includes(status));
  return { key, route: kind === 'route' ? name : undefined, promises: pairUp(front), behind };
}

/** A reported-only promise of the same kind and page group goes with the one that alerts. */
function pairUp(front: readonly ObjectiveStatus[]): readonly Promised[] {
  const mains = front.filter((status) => status.alerts);
  const mainOf = (variant: ObjectiveStatus) => mains.find((main) => isVariant(variant, main));
  const alone = front.filter((status) => !status.alerts && !mainOf(status));
  return [...mains, ...alone].map((main) => ({
    main,
    variants: front.filter((status) => !status.alerts && mainOf(status) === main),
  }));
}

function isVariant(variant: ObjectiveStatus, main: ObjectiveStatus): boolean {
  return (
    variant.pageGroup === main.pageGroup &&
    variant.kind === main.kind &&
    variant.thresholdSeconds === main.thresholdSeconds &&
    variant.window !== main.window
  );
}

function worstOf(group: Group): ObjectiveStatus {
  const [worst] = [...group.promises.map(({ main }) => main), ...group.behind].toSorted(byWorst);
  if (!worst) throw new Error(`group ${group.key} is empty`);
  return worst;
}
