import type uPlot from 'uplot';
import type { Band, Limit, Mark, UPlotStyle } from './chart-model.ts';

/** Draws marked stretches behind the lines: a tint with an edge and a word, not colour alone. */
export function drawBands(chart: uPlot, bands: readonly Band[], style: UPlotStyle): void {
  const { ctx, bbox } = chart;
  clipped(chart, () => {
    // The library leaves the alignment of its last axis.
    ctx.textAlign = 'left';
    for (const band of bands) {
      const left = chart.valToPos(band.fromMs / 1000, 'x', true);
      const right = chart.valToPos(band.toMs / 1000, 'x', true);
      const width = Math.max(right - left, 2 * devicePixelRatio);
      const edge = band.kind === 'excluded' ? style.limit : style.bandEdge;
      ctx.fillStyle = band.kind === 'excluded' ? style.excluded : style.band;
      ctx.fillRect(left, bbox.top, width, bbox.height);
      ctx.fillStyle = edge;
      ctx.fillRect(left, bbox.top, 2 * devicePixelRatio, bbox.height);
      ctx.font = scaledFont(style);
      if (ctx.measureText(band.label).width + 12 * devicePixelRatio > width) continue;
      const top = bbox.top + 14 * devicePixelRatio;
      write(chart, band.label, left + 6 * devicePixelRatio, top, edge, style);
    }
  });
}

/** Draws moments as dotted lines with a flag and, where there is room, their word. */
export function drawMarks(chart: uPlot, marks: readonly Mark[], style: UPlotStyle): void {
  const { ctx, bbox } = chart;
  const size = 5 * devicePixelRatio;
  clipped(chart, () => {
    ctx.textAlign = 'left';
    const sorted = marks.toSorted((a, b) => a.atMs - b.atMs);
    const xOf = ({ atMs }: Mark) => Math.round(chart.valToPos(atMs / 1000, 'x', true));
    for (const [index, mark] of sorted.entries()) {
      const x = xOf(mark);
      ctx.strokeStyle = style.mark;
      ctx.fillStyle = style.mark;
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(x, bbox.top + bbox.height - 2 * size);
      ctx.lineTo(x + 2 * size, bbox.top + bbox.height - size);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.fill();
      ctx.font = scaledFont(style);
      const begin = x + 3 * size;
      const next = sorted[index + 1];
      const room = next ? xOf(next) : bbox.left + bbox.width;
      if (begin + ctx.measureText(mark.label).width > room) continue;
      write(chart, mark.label, begin, bbox.top + bbox.height - size, style.mark, style);
    }
  });
}

/** Draws a limit as a dashed line, as long as it holds, with its word at the right end. */
export function drawLimit(chart: uPlot, limit: Limit, style: UPlotStyle): void {
  const { ctx, bbox } = chart;
  const y = Math.round(chart.valToPos(limit.value, 'y', true));
  const x = (ms: number) => chart.valToPos(ms / 1000, 'x', true);
  const begin = limit.span ? x(limit.span.fromMs) : bbox.left;
  const end = limit.span
    ? Math.min(x(limit.span.toMs), bbox.left + bbox.width)
    : bbox.left + bbox.width;
  clipped(chart, () => {
    ctx.strokeStyle = style.limit;
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(begin, y);
    ctx.lineTo(end, y);
    ctx.stroke();
    ctx.textAlign = 'right';
    const right = end - 4 * devicePixelRatio;
    const roomAbove = y - bbox.top > 24 * devicePixelRatio;
    const baseline = y + (roomAbove ? -5 : 14) * devicePixelRatio;
    write(chart, limit.label, right, baseline, style.limit, style);
  });
}

function write(
  chart: uPlot,
  text: string,
  x: number,
  y: number,
  colour: string,
  style: UPlotStyle,
): void {
  const { ctx } = chart;
  ctx.font = scaledFont(style);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/** The canvas counts in device pixels, fonts in CSS pixels. */
function scaledFont({ font }: UPlotStyle): string {
  return font.replace(/^\d+/, (size) => String(Number(size) * devicePixelRatio));
}

function clipped(chart: uPlot, draw: () => void): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}
