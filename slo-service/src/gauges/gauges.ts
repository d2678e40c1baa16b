import { sloAnnotationTime } from '@sprout/signals/catalogue';
import type { BurnRateAnswer, ObjectiveStatus } from '../api/schemas.ts';
import { measuredReaderFor, statusOf } from '../service-context.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Board } from '../status/board.ts';
import type { Standing } from '../status/objective-status.ts';
import { leftFractionOf } from '../status/window.ts';
import {
  groupBudgetLeft,
  groupBurnRate,
  groupCompliance,
  groupCoverage,
  groupsLeftOut,
  meterLag,
  objectiveGauges,
  quarantinedSamples,
} from '../signals.ts';
import { exposition } from './exposition.ts';
import type { GaugeSample } from './exposition.ts';
import { groupFigures } from './group-figures.ts';
import type { AllGroupFigures } from './group-figures.ts';
import { processMetrics } from './process-metrics.ts';

/**
 * Answers the text of `/metrics`: the ledger's figures, whole and by group, the meter's lag, when
 * something happened, the process itself. Nothing simulated is among them, so that no alert can see
 * any. Scrapes share what the list of objectives is answered from.
 */
export function createGauges(
  context: ServiceContext,
  board: () => Promise<Board>,
): () => Promise<string> {
  const ofGroups = groupFigures(context);
  return async () => {
    const { items } = await board();
    return [
      objectivesText((await Promise.all(items.filter(isRead).map(asMeasured(context)))).flat()),
      groupsText(await ofGroups()),
      meterText(context),
      annotationsText(context),
      processMetrics(),
    ].join('');
  };
}

/** Of an objective that could not be read there is nothing to say. */
const isRead = ({ burnRates }: Standing): boolean => burnRates.length > 0;

/** A status without what was simulated; itself when nothing was, none when it cannot be read. */
const asMeasured =
  (context: ServiceContext) =>
  async (status: Standing): Promise<Standing[]> => {
    const { budget, burnRates, id, firing } = status;
    const isMeasured = !budget.simulated && !burnRates.some(({ simulated }) => simulated);
    const objective = context.config.objectives.find((one) => one.id === id);
    if (isMeasured || objective === undefined) return [status];
    const reader = measuredReaderFor(context, objective);
    return statusOf(context, objective, firing, { reader }).then(
      (measured) => [measured],
      () => [],
    );
  };

function objectivesText(statuses: readonly Standing[]): string {
  const { sloBudgetLeft, sloBudgetLeftRaw, sloBurnRate, sloCompliance } = objectiveGauges;
  const { sloCoverage, sloExhaustion, sloTarget } = objectiveGauges;
  const ofEach = (valueOf: (status: Standing) => number | null) =>
    statuses.flatMap((status) => sample({ objective: status.id }, valueOf(status)));
  const each = (valueOf: (budget: ObjectiveStatus['budget']) => number | null) =>
    ofEach(({ budget }) => valueOf(budget));
  const burns = statuses.flatMap(({ id, burnRates }) => burnSamples({ objective: id }, burnRates));
  return [
    exposition(
      sloTarget,
      'gauge',
      ofEach(({ target }) => target),
    ),
    exposition(
      sloExhaustion,
      'gauge',
      ofEach(({ secondsToExhaustion }) => secondsToExhaustion),
    ),
    exposition(sloCompliance, 'gauge', each(complianceOf)),
    exposition(sloBudgetLeft, 'gauge', each(leftFractionOf)),
    exposition(sloBudgetLeftRaw, 'gauge', each(rawLeftOf)),
    exposition(sloCoverage, 'gauge', each(coverageOf)),
    exposition(sloBurnRate, 'gauge', burns),
  ].join('');
}

function groupsText({ groups, leftOut }: AllGroupFigures): string {
  const each = (valueOf: (budget: ObjectiveStatus['budget']) => number | null) =>
    groups.flatMap(({ objective, group, budget }) => sample({ objective, group }, valueOf(budget)));
  const burns = groups.flatMap(({ objective, group, burnRates }) =>
    burnSamples({ objective, group }, burnRates),
  );
  return [
    exposition(groupCompliance, 'gauge', each(complianceOf)),
    exposition(groupBudgetLeft, 'gauge', each(leftFractionOf)),
    exposition(groupCoverage, 'gauge', each(coverageOf)),
    exposition(groupBurnRate, 'gauge', burns),
    exposition(groupsLeftOut, 'gauge', sample({}, leftOut)),
  ].join('');
}

function meterText({ meterHealth, now }: ServiceContext): string {
  const { services, quarantined } = meterHealth();
  const newestMs = Math.max(...Array.from(services.values(), ({ scrapedMs }) => scrapedMs));
  const lag = services.size === 0 ? null : (now() - newestMs) / 1000;
  return [
    exposition(meterLag, 'gauge', sample({}, lag)),
    exposition(quarantinedSamples, 'counter', sample({}, quarantined)),
  ].join('');
}

/** Services whose annotations are exposed, times kinds: those that something happened to last. */
export const annotationSeriesMax = 400;

function annotationsText({ annotationStore, now }: ServiceContext): string {
  const samples = annotationStore
    .newest(now())
    .slice(0, annotationSeriesMax)
    .map(({ kind, service, atMs }) => ({
      labels: { kind, ...(service !== null && { annotated_service: service }) },
      value: atMs / 1000,
    }));
  return exposition(sloAnnotationTime, 'gauge', samples);
}

const complianceOf = ({ compliance }: ObjectiveStatus['budget']) => compliance;
const rawLeftOf = ({ leftFraction }: ObjectiveStatus['budget']) => leftFraction;
const coverageOf = ({ coverage }: ObjectiveStatus['budget']) => coverage;

function burnSamples(
  labels: GaugeSample['labels'],
  burnRates: readonly BurnRateAnswer[],
): GaugeSample[] {
  return burnRates.flatMap(({ window, burnRate }) => sample({ ...labels, window }, burnRate));
}

/** What is not known is left out: a gauge that says 0 would be a lie. */
function sample(labels: GaugeSample['labels'], value: number | null): GaugeSample[] {
  return value === null ? [] : [{ labels, value }];
}
