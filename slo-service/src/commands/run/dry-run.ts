import { addressOf, timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { declaredSeries, meteringCost } from '../../meter/cost.ts';
import { planMeter } from '../../meter/plan.ts';
import { planReading, queryText } from '../../meter/read-plan.ts';
import { meterRules } from '../../meter/rules.ts';
import { table } from './table.ts';

/** What `slo run` would read, from where, and what that costs; asks nobody. */
export function dryRun(config: SproutConfig) {
  const { prometheus } = config.telemetry;
  const plan = planMeter(config);
  const rules = meterRules(timing(config.timeScale), prometheus);
  const { queries, derived } = planReading(plan.selections);
  return {
    source: {
      address: addressOf(config, prometheus) ?? null,
      tenant: prometheus.tenant ?? null,
      authentication: authenticationOf(prometheus),
      lookBackHours: rules.lookBackMs / 3_600_000,
    },
    queries: queries.map((query) => queryText(query)),
    withoutQuery: derived.map(({ selector }) => selector),
    cost: meteringCost(plan, rules, declaredSeries(plan, config.signals)),
  };
}

/** The same in words. */
export function dryRunText({ source, queries, withoutQuery, cost }: ReturnType<typeof dryRun>) {
  const { address, tenant, authentication, lookBackHours } = source;
  return [
    `from     ${address ?? noAddress}`,
    ...(tenant === null ? [] : [`tenant   ${tenant}`]),
    `as       ${authentication}`,
    `since    ${lookBackHours} h before the first start`,
    `queries  ${queries.length} and 2 for the targets; ${withoutQuery.length} selections are part of others`,
    ...queries.map((query) => `         ${query}`),
    `cost     ${cost.queriesPerHour} queries and ${cost.samplesPerHour} samples an hour`,
    '',
    ...table([
      ['OBJECTIVE', 'SERIES', 'SAMPLES/HOUR'],
      ...cost.objectives.map(({ objective, series, samplesPerHour, bounded }) => [
        objective,
        bounded ? String(series) : `≥ ${series}`,
        bounded ? String(samplesPerHour) : `≥ ${samplesPerHour}`,
      ]),
    ]),
  ];
}

const noAddress =
  'the Prometheus of ./sprout up, which is not running; telemetry.prometheus.url names another';

/** Where the secret lies, never what it is. */
function authenticationOf({ basicAuth, bearerToken }: SproutConfig['telemetry']['prometheus']) {
  const place = basicAuth?.password ?? bearerToken;
  if (place === undefined) return 'nobody';
  const where = 'env' in place ? `the variable ${place.env}` : place.file;
  return basicAuth === undefined ? `a token in ${where}` : `${basicAuth.username}, ${where}`;
}
