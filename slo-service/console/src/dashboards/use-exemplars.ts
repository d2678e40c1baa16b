import type { PanelModel } from '@sprout/grafana/model';
import { useMemo } from 'preact/hooks';
import { getJson } from '../api/request.ts';
import { useFetched } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import type { Point } from '../chart/chart-model.ts';
import type { BoardState } from './board-state.ts';
import { readExemplars } from './exemplars.ts';
import type { ExemplarsAnswer } from './exemplars.ts';
import { formatUnit } from './unit.ts';
import { filledQueries } from './use-frame.ts';

/** Single observations of a panel whose queries show them, each with its trace. */
export function useExemplars(panel: PanelModel, state: BoardState): readonly Point[] {
  const { interval } = state;
  const questions = filledQueries(panel, state)
    .filter((_, index) => panel.queries[index]?.exemplars === true)
    .map((query) => urls.exemplars(query, interval));
  const key = questions.length === 0 ? null : questions.join('\n');
  const answer = useFetched(key, 0, async (signal) => {
    const answers = questions.map((url) => getJson<ExemplarsAnswer>(url, signal));
    return readExemplars(await Promise.all(answers), interval);
  });
  return useMemo(
    () =>
      (answer.data ?? []).map((point) => ({
        ...point,
        label: formatUnit(point.value, panel.unit),
      })),
    [answer.data, panel],
  );
}
