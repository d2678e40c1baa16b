import { noPanel, valueBy } from '../panel-hint.ts';
import { gauge } from '../signal.ts';

/** Written by the SLO service from its ledger; the exact figures, where rules only estimate. */
const owner = 'slo-service';
const noAlert = 'the burn-rate alerts of the objectives detect, the ledger accounts';

export const sloCompliance = gauge('slo_compliance_ratio', {
  help: 'Good events out of valid events over the window of the objective.',
  owner,
  unit: 'ratio',
  labels: { objective: 'any' },
  panel: valueBy('objective'),
  noAlert,
});

export const sloBudgetLeft = gauge('slo_budget_left_ratio', {
  help: 'Error budget left over the window of the objective, without excluded time: 1 untouched, below 0 overspent.',
  owner,
  unit: 'ratio',
  labels: { objective: 'any' },
  panel: valueBy('objective'),
  alert: {
    name: 'BudgetExhausted',
    severity: 'ticket',
    of: 'value',
    below: 0,
    for: '5m',
    component: 'slo',
    summary: '{{ $labels.objective }}: the error budget of the window is spent',
    impact: 'The promise is broken for this window, whatever happens in the rest of it.',
    firstStep: 'Stop risky changes to it; see in its report which minutes spent the budget.',
  },
});

export const sloBudgetLeftRaw = gauge('slo_budget_left_raw_ratio', {
  help: 'Error budget left over the window of the objective as if nothing were excluded.',
  owner,
  unit: 'ratio',
  labels: { objective: 'any' },
  panel: valueBy('objective'),
  noAlert: 'time is excluded so that it alerts nobody; slo_budget_left_ratio goes without it',
});

export const sloBurnRate = gauge('slo_burn_rate', {
  help: 'Error ratio over a window as a multiple of the allowed error ratio.',
  owner,
  labels: { objective: 'any', window: 'any' },
  panel: valueBy('objective', 'window'),
  noAlert,
});

export const sloCoverage = gauge('slo_coverage_ratio', {
  help: 'Fraction of the expected measurements that exist, over the window of the objective.',
  owner,
  unit: 'ratio',
  labels: { objective: 'any' },
  panel: valueBy('objective'),
  noAlert,
});

export const sloTarget = gauge('slo_target_ratio', {
  help: 'Fraction of events that the objective promises to be good.',
  owner,
  unit: 'ratio',
  labels: { objective: 'any' },
  panel: valueBy('objective'),
  noAlert: 'a promise changes when somebody decides it',
});

export const sloExhaustion = gauge('slo_budget_exhaustion_seconds', {
  help: 'Time until the error budget is spent, were it spent as in the last hour; none while nothing spends it.',
  owner,
  unit: 'seconds',
  labels: { objective: 'any' },
  panel: valueBy('objective'),
  noAlert,
});

/** Its label is not `service`: that of a scraped series is whoever was scraped. */
export const sloAnnotationTime = gauge('slo_annotation_timestamp_seconds', {
  help: 'Unix time of the newest annotation, such as a deploy, by kind and by the service it concerns; none for all.',
  owner,
  unit: 'seconds',
  labels: { kind: ['deploy', 'configuration', 'note', 'announcement'], annotated_service: 'any' },
  panel: noPanel(),
  noAlert: 'it explains what is seen',
});
