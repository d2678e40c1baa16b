import type { DashboardFile } from '@sprout/grafana/model-file';
import { useMemo } from 'preact/hooks';
import { getJson } from '../api/request.ts';
import { useFetched } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import type { Mark } from '../chart/chart-model.ts';
import type { Interval } from '../place/range.ts';
import { fillQuery, multiNames } from './fill.ts';
import type { Chosen } from './fill.ts';
import { gridOf, readFrame } from './frame.ts';
import type { MetricsAnswer } from './frame.ts';
import { marksOf } from './marks.ts';

/** Moments at which something happened, by the board's annotations; none when they cannot be had. */
export function useMarks(
  board: DashboardFile,
  chosen: Chosen,
  time: { readonly interval: Interval; readonly stepSeconds: number },
): readonly Mark[] {
  const { interval, stepSeconds } = time;
  const multi = multiNames(board);
  const questions = board.annotations.map(({ expr }) =>
    urls.metrics(fillQuery(expr, chosen, multi, time), interval, stepSeconds),
  );
  const key = questions.length === 0 ? null : questions.join('\n');
  const { data } = useFetched(key, 0, async (signal) => {
    const answers = await Promise.all(questions.map((url) => getJson<MetricsAnswer>(url, signal)));
    const legends = board.annotations.map(({ text: legend, expr }) => ({ legend, expr }));
    return readFrame(legends, answers, gridOf(interval.fromMs, interval.toMs, stepSeconds));
  });
  return useMemo(
    () => (data === undefined ? [] : marksOf(board.annotations, data, interval)),
    [data],
  );
}
