import { addressOf, timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { pastCap } from '../../meter/aggregates.ts';
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
  const countOf = declaredSeries(plan, config.signals);
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
    seriesPerObjectiveMax: rules.seriesPerObjectiveMax,
    cost: meteringCost(plan, rules, countOf, pastCap(plan, countOf, rules)),
  };
}

/** The same in words. */
export function dryRunText({
  source,
  queries,
  withoutQuery,
  seriesPerObjectiveMax,
  cost,
}: ReturnType<typeof dryRun>) {
  const { address, tenant, authentication, lookBackHours } = source;
  return [
    `from     ${address ?? noAddress}`,
    ...(tenant === null ? [] : [`tenant   ${tenant}`]),
    `as       ${authentication}`,
    `since    ${lookBackHours} h before the first start`,
    `queries  ${queries.length} and 2 for the targets; ${withoutQuery.length} selections are part of others`,
    ...queries.map((query) => `         ${query}`),
    `cost     ${cost.queriesPerHour} queries and ${cost.samplesPerHour} samples an hour`,
    `cap      ${seriesPerObjectiveMax} series of an objective; one with more is read as sums, approximately`,
    '',
    ...table([
      ['OBJECTIVE', 'SERIES', 'SAMPLES/HOUR', 'AS SUMS: LOOKED AT', 'SENT'],
      ...cost.objectives.map(
        ({ objective, series, samplesPerHour, asSums, approximate, bounded }) => {
          const atLeast = (count: number) => (bounded ? String(count) : `≥ ${count}`);
          const [raw, sums] = [atLeast(samplesPerHour), atLeast(asSums.samplesPerHour)];
          return [
            objective,
            atLeast(series),
            approximate ? `(${raw})` : raw,
            approximate ? sums : `(${sums})`,
            approximate ? String(asSums.sumsPerHour) : `(${asSums.sumsPerHour})`,
          ];
        },
      ),
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
