import { isInstant } from '@sprout/grafana/model';
import type { PanelModel } from '@sprout/grafana/model';
import { getJson } from '../api/request.ts';
import { useFetched } from '../api/resource.ts';
import type { Resource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import type { BoardState } from './board-state.ts';
import { fillQuery } from './fill.ts';
import { gridOf, readFrame } from './frame.ts';
import type { Frame, MetricsAnswer } from './frame.ts';

/** Columns of a heatmap: finer ones cannot be told apart. */
const heatColumnsMax = 60;

/** The queries of a panel as they are sent. */
export function filledQueries({ queries }: PanelModel, state: BoardState): readonly string[] {
  return queries.map(({ expr }) => fillQuery(expr, state.chosen, state.multi, state));
}

/** The answers to a panel's queries; nothing is asked while it is not `seen`. */
export function useFrame(panel: PanelModel, state: BoardState, seen: boolean): Resource<Frame> {
  const { interval } = state;
  const stepSeconds = stepOf(panel, state);
  const questions = filledQueries(panel, state).map((query, index) => {
    if (isInstant(panel.view)) return urls.metricsAt(query, interval.toMs);
    const isLogs = panel.queries[index]?.source === 'logs';
    return (isLogs ? urls.countedLogs : urls.metrics)(query, interval, stepSeconds);
  });
  return useFetched(seen ? questions.join('\n') : null, 0, async (signal) => {
    const answers = await Promise.all(questions.map((url) => getJson<MetricsAnswer>(url, signal)));
    const at = isInstant(panel.view)
      ? [interval.toMs / 1000]
      : gridOf(interval.fromMs, interval.toMs, stepSeconds);
    return readFrame(panel.queries, answers, at);
  });
}

function stepOf({ view }: PanelModel, { interval, stepSeconds }: BoardState): number {
  if (view !== 'heatmap') return stepSeconds;
  const steps = (interval.toMs - interval.fromMs) / 1000 / stepSeconds;
  return stepSeconds * Math.max(1, Math.ceil(steps / heatColumnsMax));
}
