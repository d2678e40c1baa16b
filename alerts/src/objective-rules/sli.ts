import { sliKey } from '@sprout/objectives';
import type { CompiledObjective } from './pairs.ts';

/** Objectives that count the same events; these are recorded once, under one name. */
export interface SharedSli {
  /** Value of the label `objective` of its recordings. */
  readonly recordedAs: string;
  readonly sli: CompiledObjective['sli'];
  readonly objectives: readonly CompiledObjective[];
}

/**
 * The distinct SLIs of the objectives, in the order of the objectives. Composites are worked out
 * from the ledger and recorded nowhere: their members alert.
 */
export function distinctSlis(objectives: readonly CompiledObjective[]): SharedSli[] {
  const counted = objectives.filter(({ sli }) => sli.composite === undefined);
  return [...Map.groupBy(counted, sliKey).values()].flatMap((sharing) => {
    const first = sharing.find(({ alerts }) => alerts) ?? sharing[0];
    return first === undefined ? [] : { recordedAs: first.id, sli: first.sli, objectives: sharing };
  });
}
