import type { SproutConfig } from '@sprout/process';
import { alertsOf } from '@sprout/signals';
import type { CompiledAlertHint } from '@sprout/signals';
import type { CompiledObjective } from '../objective-rules/pairs.ts';

type Rooted = Pick<SproutConfig, 'objectives' | 'signals'>;

/** While an alert matches `source_matchers`, those that match `target_matchers` are silent. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
}

/**
 * A page silences the tickets of its own group, and the tickets of everything its objectives
 * depend on. The direction is deliberate: what users feel wins, its causes are shown beside it
 * and do not call anybody a second time.
 */
export function inhibitRules({ objectives, signals }: Rooted): InhibitRule[] {
  const paging = objectives.filter(({ alerts, pages }) => alerts && pages);
  const byGroup = Map.groupBy(paging, ({ pageGroup }) => pageGroup);
  return [
    {
      source_matchers: ['severity="page"'],
      target_matchers: ['severity="ticket"'],
      equal: ['page_group'],
    },
    ...[...byGroup].flatMap(([pageGroup, members]) => {
      const causes = causesOf(members, objectives);
      return causes.length === 0 ? [] : [causesRule(pageGroup, causes)];
    }),
    ...signals.flatMap((signal) => alertsOf(signal).flatMap(silenced)),
  ];
}

/** What says nothing new while the alert fires: of the same service, or of all for a page. */
function silenced({ name, severity, silences = [] }: CompiledAlertHint): InhibitRule[] {
  if (silences.length === 0) return [];
  return [
    {
      source_matchers: [`alertname="${name}"`],
      target_matchers: [`alertname=~"${silences.join('|')}"`],
      ...(severity !== 'page' && { equal: ['service'] }),
    },
  ];
}

function causesRule(pageGroup: string, causes: readonly string[]): InhibitRule {
  return {
    source_matchers: ['severity="page"', `page_group="${pageGroup}"`],
    target_matchers: ['severity="ticket"', `objective=~"${causes.join('|')}"`],
  };
}

/** Ids of all objectives that `effects` depend on, directly or through others; sorted. */
function causesOf(
  effects: readonly CompiledObjective[],
  objectives: readonly CompiledObjective[],
): string[] {
  const byId = new Map(objectives.map((objective) => [objective.id, objective]));
  const found = new Set<string>();
  const open = effects.flatMap(({ dependsOn }) => dependsOn);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(byId.get(id)?.dependsOn ?? []));
  }
  return [...found].toSorted();
}
