import type { ObjectiveStatus } from '../api/schemas.ts';
import { statusNow } from '../service-context.ts';
import type { ServiceContext } from '../service-context.ts';
import { meterLag, objectiveGauges, quarantinedSamples } from '../signals.ts';
import { exposition } from './exposition.ts';
import type { GaugeSample } from './exposition.ts';
import { processMetrics } from './process-metrics.ts';

/** The text of `/metrics`: the ledger's figures, the meter's lag, the process itself. */
export async function gaugesText(context: ServiceContext): Promise<string> {
  const statuses = await knownStatuses(context);
  const { sloBudgetLeft, sloBurnRate, sloCompliance, sloCoverage } = objectiveGauges;
  const each = (valueOf: (status: ObjectiveStatus) => number | null) =>
    statuses.flatMap((status) => sample({ objective: status.id }, valueOf(status)));
  const { services, quarantined } = context.meterHealth();
  const newestMs = Math.max(...Array.from(services.values(), ({ scrapedMs }) => scrapedMs));
  const lag = services.size === 0 ? null : (context.now() - newestMs) / 1000;
  return [
    exposition(
      sloCompliance,
      'gauge',
      each(({ budget }) => budget.compliance),
    ),
    exposition(
      sloBudgetLeft,
      'gauge',
      each(({ budget }) => budget.leftFraction),
    ),
    exposition(
      sloCoverage,
      'gauge',
      each(({ budget }) => budget.coverage),
    ),
    exposition(sloBurnRate, 'gauge', statuses.flatMap(burnSamples)),
    exposition(meterLag, 'gauge', sample({}, lag)),
    exposition(quarantinedSamples, 'counter', sample({}, quarantined)),
    processMetrics(),
  ].join('');
}

async function knownStatuses(context: ServiceContext): Promise<ObjectiveStatus[]> {
  const asked = context.config.objectives.map(async (objective) => statusNow(context, objective));
  const settled = await Promise.allSettled(asked);
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

function burnSamples({ id, burnRates }: ObjectiveStatus): GaugeSample[] {
  return burnRates.flatMap(({ window, burnRate }) => sample({ objective: id, window }, burnRate));
}

/** What is not known is left out: a gauge that says 0 would be a lie. */
function sample(labels: GaugeSample['labels'], value: number | null): GaugeSample[] {
  return value === null ? [] : [{ labels, value }];
}
