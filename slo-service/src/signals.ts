import { counter, gauge, noPanel, rateBy, valueBy } from '@sprout/signals';
import {
  sloBudgetLeft,
  sloBudgetLeftRaw,
  sloBurnRate,
  sloCompliance,
  sloCoverage,
  sloExhaustion,
  sloTarget,
} from '@sprout/signals/catalogue';

export const meterLag = gauge('slo_meter_lag_seconds', {
  help: 'Age of the newest scrape that the meter has read.',
  owner: 'slo-service',
  unit: 'seconds',
  panel: valueBy(),
  alert: {
    name: 'SloMeterStale',
    severity: 'ticket',
    of: 'value',
    above: 120,
    for: '2m',
    summary: 'the SLO meter reads no new samples, so budgets stand still',
    impact:
      'Budgets and reports are as old as that; burn-rate alerts do not need the meter and go on.',
    firstStep:
      'Do Prometheus and the collector run (./sprout status)? If so, read .sprout/logs/slo-service.log.',
  },
});

export const quarantinedSamples = counter('slo_meter_quarantined_samples_total', {
  help: 'Samples set aside because a counter went back although its process did not restart.',
  owner: 'slo-service',
  panel: rateBy(),
  noAlert: 'no event is lost when the counter recovers; it is a defect of the instrumented service',
});

/** Beside the gauges of whole objectives, not among them: who adds those up counts nothing twice. */
const ofGroups = {
  owner: 'slo-service',
  panel: noPanel('promises without groupBy have none; the console lists groups, the worst first'),
  noAlert: 'the objective is promised as a whole; a group says where its budget went',
} as const;

export const groupCompliance = gauge('slo_group_compliance_ratio', {
  ...ofGroups,
  help: 'Good events out of valid events of a group, over the window of its objective.',
  unit: 'ratio',
  labels: { objective: 'any', group: 'any' },
});

export const groupBudgetLeft = gauge('slo_group_budget_left_ratio', {
  ...ofGroups,
  help: 'Error budget left of a group without excluded time, were it promised what its objective is: below 0 it is overspent.',
  unit: 'ratio',
  labels: { objective: 'any', group: 'any' },
});

export const groupBurnRate = gauge('slo_group_burn_rate', {
  ...ofGroups,
  help: 'Error ratio of a group over a window as a multiple of what its objective allows.',
  labels: { objective: 'any', group: 'any', window: 'any' },
});

export const groupCoverage = gauge('slo_group_coverage_ratio', {
  ...ofGroups,
  help: 'Fraction of the expected measurements of a group that exist, over the window of its objective.',
  unit: 'ratio',
  labels: { objective: 'any', group: 'any' },
});

export const groupsLeftOut = gauge('slo_groups_left_out', {
  ...ofGroups,
  help: 'Groups that have no gauges because there are more than are exposed.',
});

/** What the SLO service says of itself; the gauges of objectives are in the catalogue. */
export const sloSignals = [
  meterLag,
  quarantinedSamples,
  groupCompliance,
  groupBudgetLeft,
  groupBurnRate,
  groupCoverage,
  groupsLeftOut,
];

/** Gauges that the service writes for each objective. */
export const objectiveGauges = {
  sloTarget,
  sloCompliance,
  sloBudgetLeft,
  sloBudgetLeftRaw,
  sloBurnRate,
  sloCoverage,
  sloExhaustion,
};
