import type { Logger } from '@sprout/process';
import type { ReaderSources, ServiceContext } from '../service-context.ts';
import { readerFor } from '../service-context.ts';
import type { Exclusion } from './exclusion.ts';
import { incidentBounds } from './incident-bounds.ts';
import type { IncidentLink } from './incident-bounds.ts';

/** Incidents move with what is read late; after this they have settled. */
const settledAfterMs = 86_400_000;

type Parts = ReaderSources & Pick<ServiceContext, 'config'>;

/** The incident that goes on at an instant, from the raw ledger; undefined when there is none. */
export async function boundsOf(
  context: Parts,
  when: Pick<IncidentLink, 'kind' | 'objective' | 'at'>,
  nowMs: number,
): Promise<IncidentLink | undefined> {
  const objective = context.config.objectives.find(({ id }) => id === when.objective);
  if (objective === undefined) return undefined;
  const reader = readerFor(context, objective);
  return incidentBounds(when, { reader, nowMs }, context.clock);
}

/** Moves exclusions along with the incidents that they are tied to; told in the log when it cannot. */
export function createFollowing(context: Parts, logger: Logger): (nowMs: number) => Promise<void> {
  return async (nowMs) => {
    try {
      await followIncidents(context, nowMs);
    } catch (error) {
      logger.warn('exclusions do not follow their incidents', {
        'exception.message': String(error),
      });
    }
  };
}

async function followIncidents(context: Parts, nowMs: number): Promise<void> {
  for (const { id, when } of context.exclusionStore.inForce()) {
    if (when.kind !== 'incident' || !isUnsettled(when, nowMs)) continue;
    const { kind, objective, at } = when;
    const bounds = await boundsOf(context, { kind, objective, at }, nowMs);
    const moved = bounds ?? { ...when, to: when.from, ongoing: false };
    if (!isSame(moved, when)) await context.exclusionStore.follow(id, moved);
  }
}

const isUnsettled = ({ ongoing, to }: IncidentLink, nowMs: number) =>
  ongoing || nowMs - Date.parse(to) < settledAfterMs;

const isSame = (a: IncidentLink, b: Exclusion['when']) => JSON.stringify(a) === JSON.stringify(b);
