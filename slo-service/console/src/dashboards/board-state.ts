import type { DashboardFile } from '@sprout/grafana/model-file';
import { computed } from '@preact/signals';
import { refreshMs } from '../api/resource.ts';
import type { Mark } from '../chart/chart-model.ts';
import { stepFor } from '../chart/step.ts';
import { place } from '../place/place.ts';
import { readRange, resolveRange } from '../place/range.ts';
import type { Interval, Range } from '../place/range.ts';
import { now } from '../state/now.ts';
import type { Chosen } from './fill.ts';

const hourSeconds = 3600;

/** The present, moved on at the pace at which pages ask again. */
const presentMs = computed(() => Math.floor(now.value / refreshMs) * refreshMs);

/** What all panels of a board share. */
export interface BoardState {
  readonly board: DashboardFile;
  readonly interval: Interval;
  readonly stepSeconds: number;
  readonly chosen: Chosen;
  readonly multi: ReadonlySet<string>;
  readonly marks: readonly Mark[];
}

/** The range of the URL on whole steps, so that asking again moves no point. */
export function boardTime(): { range: Range; interval: Interval; stepSeconds: number } {
  const range = readRange(place.value.query, { kind: 'last', seconds: hourSeconds });
  const wanted = resolveRange(range, presentMs.value, hourSeconds);
  const stepSeconds = stepFor(wanted);
  const floor = (ms: number) => Math.floor(ms / 1000 / stepSeconds) * stepSeconds * 1000;
  const interval = { fromMs: floor(wanted.fromMs), toMs: Math.max(floor(wanted.toMs), 1000) };
  return { range, interval, stepSeconds };
}

/** The choice of a variable in the URL: `var-service=order,product`; undefined when there is none. */
export function chosenInUrl(name: string): readonly string[] | undefined {
  const values = place.value.query.getAll(`var-${name}`).flatMap((value) => value.split(','));
  return values.length === 0 || values.includes('$__all') ? undefined : values;
}
