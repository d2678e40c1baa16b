import type uPlot from 'uplot';
import { formatTick } from '../format/instant.ts';
import type { Clock } from '../format/instant.ts';
import { drawBands, drawLimit, drawMarks } from './annotations.ts';
import type { ChartModel, UPlotStyle } from './chart-model.ts';

/** Turns a chart model into the library's options; colours are those of the present theme. */
export function chartOptions(
  model: ChartModel,
  look: {
    readonly width: number;
    readonly style: UPlotStyle;
    readonly clock: Clock;
    readonly locale: string;
  },
  on: { readonly cursor: (index: number | null) => void },
): Omit<uPlot.Options, 'plugins'> {
  const { style, clock, locale } = look;
  return {
    width: look.width,
    height: model.height,
    legend: { show: false },
    padding: [10, 18, 0, 0],
    tzDate: (seconds) => zoned(seconds, clock),
    cursor: {
      sync: { key: model.syncKey, filters: { pub: isHover, sub: isHover } },
      drag: { x: true, y: false, setScale: false },
      points: { size: 7 },
    },
    scales: {
      x: { time: true, range: [model.interval.fromMs / 1000, model.interval.toMs / 1000] },
      y: { range: [model.yRange[0], model.yRange[1]] },
    },
    axes: [
      axis(style, {
        size: 30,
        values: (_, splits) =>
          splits.map((split) => formatTick(split, tickOf(splits), clock, locale)),
      }),
      axis(style, {
        size: (chart, texts) => widthOf(texts ?? [], chart.ctx, style),
        ...(model.tickSteps && { incrs: [...model.tickSteps] }),
        space: 26,
        values: (_, splits) => splits.map((split) => model.tickText(split)),
      }),
    ],
    series: [{}, ...model.lines.map((line) => seriesOf(line, style))],
    ...(model.stacked && {
      bands: model.lines.slice(1).map((_, index) => ({ series: [index + 2, index + 1] as const })),
    }),
    hooks: {
      drawClear: [(chart) => drawBands(chart, model.bands, style)],
      draw: [
        (chart) => model.limits.forEach((limit) => drawLimit(chart, limit, style)),
        (chart) => drawMarks(chart, model.marks ?? [], style),
      ],
      setCursor: [(chart) => on.cursor(chart.cursor.idx ?? null)],
      setSelect: [(chart) => zoom(chart, model)],
    },
  };
}

/** Only the position is shared: a drag on one chart must not count as a drag on all of them. */
const isHover = (type: string): boolean => type === 'mousemove' || type === 'mouseleave';

/** A date whose local fields read as those of the wanted clock; the library asks for such a one. */
function zoned(seconds: number, clock: Clock): Date {
  const date = new Date(seconds * 1000);
  if (clock === 'local') return date;
  return new Date(date.getTime() + date.getTimezoneOffset() * 60_000);
}

const axisWidthMin = 62;

/** Room for the longest text of an axis, in CSS pixels; most axes are equally wide. */
function widthOf(
  texts: readonly string[],
  context: CanvasRenderingContext2D,
  { font }: UPlotStyle,
): number {
  context.save();
  context.font = font;
  const longest = Math.max(0, ...texts.map((text) => context.measureText(text).width));
  context.restore();
  return Math.max(axisWidthMin, Math.ceil(longest) + 6);
}

function tickOf(splits: readonly number[]): number {
  return (splits[1] ?? 60) - (splits[0] ?? 0);
}

function axis(style: UPlotStyle, more: uPlot.Axis): uPlot.Axis {
  return {
    stroke: style.textQuiet,
    font: style.font,
    grid: { stroke: style.line, width: 1 },
    ticks: { show: false },
    ...more,
  };
}

function seriesOf(line: ChartModel['lines'][number], style: UPlotStyle): uPlot.Series {
  const { colour, belowZero = colour } = line;
  const base = { label: line.label, width: 2, spanGaps: false, points: { show: false } };
  if (line.shape === 'bars') {
    return {
      ...base,
      stroke: style.colour(colour),
      fill: style.colour(colour),
      width: 0,
      paths: style.bars,
    };
  }
  const stroke = splitAtZero(style.colour(colour), style.colour(belowZero));
  if (line.shape === 'line') return { ...base, stroke };
  return { ...base, stroke, fill: splitAtZero(style.faint(colour), style.faint(belowZero)) };
}

/** One colour above zero and another below, with a sharp edge. */
function splitAtZero(above: string, below: string): uPlot.Series.Stroke {
  return ({ ctx, bbox, scales }) => {
    const max = scales['y']?.max ?? 1;
    const min = scales['y']?.min ?? 0;
    const edge = max / (max - min);
    if (edge >= 1) return above;
    if (edge <= 0) return below;
    const gradient = ctx.createLinearGradient(0, bbox.top, 0, bbox.top + bbox.height);
    gradient.addColorStop(edge, above);
    gradient.addColorStop(edge, below);
    return gradient;
  };
}

const dragPixelsMin = 6;

function zoom(chart: uPlot, model: ChartModel): void {
  const { left, width } = chart.select;
  if (width < dragPixelsMin) return;
  const from = chart.posToVal(left, 'x');
  const to = chart.posToVal(left + width, 'x');
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  model.onZoom({ fromMs: Math.floor(from) * 1000, toMs: Math.ceil(to) * 1000 });
}
