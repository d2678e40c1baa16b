import { sortedLabels } from '@sprout/wire';
import type { Labels } from '@sprout/wire';

/** What scraping adds to every series of a target. */
export interface TargetLabels {
  readonly job: string;
  /** `host:port`; '' while no address was ever known. */
  readonly instance: string;
  readonly service: string;
}

/** Adds the target's labels; labels of the same name that the target gave itself become `exported_…`. */
export function withTargetLabels(own: Labels, target: TargetLabels): Labels {
  const added = Object.entries(target);
  const taken = new Set(own.map(([name]) => name));
  const kept = own.map(([name, value]) =>
    name in target ? ([exportedName(name, taken), value] as const) : ([name, value] as const),
  );
  return sortedLabels([...kept, ...added]);
}

function exportedName(name: string, taken: ReadonlySet<string>): string {
  const exported = `exported_${name}`;
  return taken.has(exported) ? exportedName(exported, taken) : exported;
}
