import { formatRatio } from '@sprout/objectives/figure';
import type { Point } from '@sprout/slo-service/api';
import type { Dictionary } from '../i18n/dictionary.ts';

/** A run of steps with the same coverage. */
export interface CoverageCell {
  readonly key: string;
  readonly kind: 'full' | 'partial' | 'unmeasured' | 'excluded';
  /** Number of steps. */
  readonly weight: number;
  readonly title: (writeTime: (at: string) => string, t: Dictionary) => string;
}

const fullFrom = 0.995;

/** Joins neighbouring steps of the same kind, so that a quiet month is one cell and not 240. */
export function coverageCells(points: readonly Point[]): readonly CoverageCell[] {
  const cells: (CoverageCell & { weight: number })[] = [];
  for (const point of points) {
    const kind = kindOf(point);
    const last = cells.at(-1);
    if (last?.kind === kind && kind !== 'partial') last.weight += 1;
    else cells.push({ key: point.at, kind, weight: 1, title: titleOf(point) });
  }
  return cells;
}

/** Mean coverage of the steps that are not excluded; null without any. */
export function meanCoverage(points: readonly Point[]): number | null {
  const counted = points.filter((point) => point.state !== 'excluded');
  if (counted.length === 0) return null;
  return counted.reduce((sum, point) => sum + point.coverage, 0) / counted.length;
}

function kindOf({ state, coverage }: Point): CoverageCell['kind'] {
  if (state !== 'measured') return state;
  return coverage >= fullFrom ? 'full' : 'partial';
}

function titleOf(point: Point): CoverageCell['title'] {
  return (writeTime, t) =>
    `${writeTime(point.at)}: ${t.pointState[point.state]}, ${formatRatio(point.coverage)}`;
}
