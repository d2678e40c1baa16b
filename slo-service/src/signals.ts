import { counter, gauge, rateBy, valueBy } from '@sprout/signals';
import { sloBudgetLeft, sloBurnRate, sloCompliance, sloCoverage } from '@sprout/signals/catalogue';

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
  },
});

export const quarantinedSamples = counter('slo_meter_quarantined_samples_total', {
  help: 'Samples set aside because a counter went back although its process did not restart.',
  owner: 'slo-service',
  panel: rateBy(),
  noAlert: 'no event is lost when the counter recovers; it is a defect of the instrumented service',
});

/** What the SLO service says of itself; the gauges of objectives are in the catalogue. */
export const sloSignals = [meterLag, quarantinedSamples];

/** Gauges that the service writes for each objective. */
export const objectiveGauges = { sloCompliance, sloBudgetLeft, sloBurnRate, sloCoverage };
