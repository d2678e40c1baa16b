import { allowedRatio } from '@sprout/objectives';
import type { CompiledObjective, RateWindow } from '../objective-rules/pairs.ts';
import type { Traffic } from './events.ts';
import { seriesText } from './promtool-test.ts';
import type { InputSeries } from './promtool-test.ts';

/** Targets of a service whose scrapes a time slice judges. */
const targetsOfService = 20;

/** Of steady traffic all slices are good, or all are bad: what fails with each. */
export function sliceTraffic(
  { sli }: CompiledObjective,
  are: 'good' | 'bad',
  eventsPerSecond: number,
): Traffic | undefined {
  if (sli.slice === undefined) return undefined;
  const allowed = allowedRatio(sli.slice.goodRatioMin);
  const share = sli.up === undefined ? allowed * (are === 'good' ? 0.9 : 1.1) : down(allowed, are);
  const badPerSecond = eventsPerSecond * Math.min(1, share);
  return { goodPerSecond: eventsPerSecond - badPerSecond, badPerSecond };
}

/** Targets are whole: as many are down as may be, or one more. */
function down(allowed: number, are: 'good' | 'bad'): number {
  // A product of fractions may miss the whole number by less than this.
  const most = Math.floor(targetsOfService * allowed + 1e-9);
  return (most + Number(are === 'bad')) / targetsOfService;
}

/** Whether steady traffic makes every slice of an objective bad. */
export const slicesAreBad = ({ goodRatioMin }: Slice, badRatio: number): boolean =>
  badRatio > allowedRatio(goodRatioMin) + 1e-9;

type Slice = NonNullable<CompiledObjective['sli']['slice']>;

/** `up` of the targets of services; in each stretch the bad share of them is down. */
export function scrapes(
  services: readonly string[],
  stretches: readonly { readonly steps: number; readonly traffic: Traffic | undefined }[],
): InputSeries[] {
  return services.flatMap((service) =>
    Array.from({ length: targetsOfService }, (_, index) => ({
      series: seriesText('up', { service, instance: `127.0.0.1:${index + 1}` }),
      values: stretches
        .map(({ steps, traffic }) =>
          traffic === undefined
            ? `_x${steps}`
            : `${Number(index >= Math.round(badShare(traffic) * targetsOfService))}x${steps - 1}`,
        )
        .join(' '),
    })),
  );
}

export const badShare = ({ goodPerSecond, badPerSecond }: Traffic): number =>
  badPerSecond / (goodPerSecond + badPerSecond);

/** Units that pass until no slice remembers what was before. */
export const slicesForget = (objectives: readonly CompiledObjective[], unit: RateWindow): number =>
  Math.ceil(longest(objectives) / unit.nominalSeconds);

/** Seconds between samples with which a slice of each objective holds three. */
export const sampledEvery = (objectives: readonly CompiledObjective[], timeScale: number) =>
  Math.min(...objectives.flatMap(({ sli }) => sli.slice?.minutes ?? [])) * (20 / timeScale);

const longest = (objectives: readonly CompiledObjective[]): number =>
  Math.max(0, ...objectives.flatMap(({ sli }) => sli.slice?.minutes ?? [])) * 60;
