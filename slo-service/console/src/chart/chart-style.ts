import type { UPlotClass } from './load-uplot.ts';
import type { UPlotStyle } from './chart-model.ts';

/** Reads the design tokens of the present theme for drawing on a canvas. */
export function readChartStyle(uplot: UPlotClass): UPlotStyle {
  const tokens = getComputedStyle(document.documentElement);
  const colour = (token: string) => tokens.getPropertyValue(token).trim();
  const bars = uplot.paths.bars;
  if (!bars) throw new Error('the chart library was built without bars');
  return {
    colour,
    faint: (token) => `${colour(token)}26`,
    textQuiet: colour('--text-quiet'),
    line: colour('--line'),
    limit: colour('--text-quiet'),
    band: `${colour('--broken-fill')}22`,
    bandEdge: colour('--broken'),
    excluded: `${colour('--unknown-fill')}40`,
    mark: colour('--series-2'),
    font: '12px system-ui, sans-serif',
    bars: bars({ size: [0.8, 40, 1], radius: 0.1 }),
  };
}
