import type { ObjectiveStatus } from '@sprout/slo-service/api';

/** A promise and the same promise over other windows, which are reported but alert nobody. */
export interface Promised {
  readonly main: ObjectiveStatus;
  readonly variants: readonly ObjectiveStatus[];
}

/**
 * Puts a promise that is only reported beside the one that alerts, when both are listed; the
 * order stays.
 */
export function pairUp(items: readonly ObjectiveStatus[]): readonly Promised[] {
  const mains = items.filter(({ alerts }) => alerts);
  const mainOf = (one: ObjectiveStatus) =>
    one.alerts ? undefined : mains.find((main) => isVariant(one, main));
  return items
    .filter((one) => !mainOf(one))
    .map((main) => ({ main, variants: items.filter((one) => mainOf(one) === main) }));
}

function isVariant(variant: ObjectiveStatus, main: ObjectiveStatus): boolean {
  return (
    variant.pageGroup === main.pageGroup &&
    variant.kind === main.kind &&
    variant.thresholdSeconds === main.thresholdSeconds &&
    variant.window !== main.window
  );
}
