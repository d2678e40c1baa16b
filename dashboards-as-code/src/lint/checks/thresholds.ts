import { panelCheck } from './subject.ts';

export const thresholds = panelCheck({
  name: 'panel-thresholds',
  summary: 'Colours whose bounds do not rise, or that lie outside of the axis.',
  why: 'Grafana takes the last bound that is reached: some colours are never seen.',
  fix: 'Sort them, the first without a bound; keep them between `min` and `max`.',
  bad: {
    thresholds: [{ color: 'green' }, { from: 0.9, color: 'red' }, { from: 0.8, color: 'orange' }],
  },
  messages: ({ thresholds: steps = [], min = -Infinity, max = Infinity }) => {
    const bounds = steps.map(({ from = -Infinity }) => from);
    const rising = bounds.every((bound, at) => at === 0 || bound > (bounds[at - 1] ?? bound));
    const inside = bounds.slice(1).every((bound) => bound >= min && bound <= max);
    return [
      ...(rising ? [] : ['its bounds do not rise']),
      ...(inside ? [] : ['a bound lies outside of its axis']),
    ];
  },
});
