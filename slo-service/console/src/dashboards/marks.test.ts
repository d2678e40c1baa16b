import { expect, test } from 'vitest';
import type { AnnotationModel } from '@sprout/grafana/model';
import { marksOf } from './marks.ts';

const text = { text: '', color: 'blue' } as const;
const annotations: readonly AnnotationModel[] = [
  { ...text, name: 'Alerts', expr: 'ALERTS', at: 'when-present' },
  { ...text, name: 'Deploys', expr: 'deployed * 1000', at: 'value' },
];
const at = [100, 110, 120, 130];
const interval = { fromMs: 100_000, toMs: 130_000 };
const series = (query: number, values: readonly (number | null)[]) => ({
  key: `${query}`,
  query,
  name: annotations[query]?.name ?? '',
  labels: {},
  values,
});

test('an alert is marked where it begins, a deploy at the moment that it holds', () => {
  const frame = {
    at,
    series: [
      series(0, [null, 1, 1, null]),
      series(1, [50_000, 50_000, 113_500, 114_200]),
      series(1, [null, null, null, 104_000]),
    ],
  };
  expect(marksOf(annotations, frame, interval)).toEqual([
    { atMs: 104_000, label: 'Deploys' },
    { atMs: 110_000, label: 'Alerts' },
    { atMs: 113_500, label: 'Deploys' },
  ]);
});
