import type uPlot from 'uplot';
import type { Band, ChartModel, UPlotStyle } from './chart-model.ts';

/** Draws marked stretches behind the lines: a tint with an edge and a word, not colour alone. */
export function drawBands(chart: uPlot, bands: readonly Band[], style: UPlotStyle): void {
  const { ctx, bbox } = chart;
  clipped(chart, () => {
    for (const band of bands) {
      const left = chart.valToPos(band.fromMs / 1000, 'x', true);
      const right = chart.valToPos(band.toMs / 1000, 'x', true);
      const width = Math.max(right - left, 2 * devicePixelRatio);
      ctx.fillStyle = style.band;
      ctx.fillRect(left, bbox.top, width, bbox.height);
      ctx.fillStyle = style.bandEdge;
      ctx.fillRect(left, bbox.top, 2 * devicePixelRatio, bbox.height);
      ctx.font = scaledFont(style);
      if (ctx.measureText(band.label).width + 12 * devicePixelRatio > width) continue;
      const top = bbox.top + 14 * devicePixelRatio;
      write(chart, band.label, left + 6 * devicePixelRatio, top, style.bandEdge, style);
    }
  });
}

/** Draws the limit as a dashed line with its word at the right end. */
export function drawLimit(chart: uPlot, limit: ChartModel['limit'], style: UPlotStyle): void {
  if (limit === undefined) return;
  const { ctx, bbox } = chart;
  const y = Math.round(chart.valToPos(limit.value, 'y', true));
  clipped(chart, () => {
    ctx.strokeStyle = style.limit;
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.textAlign = 'right';
    const right = bbox.left + bbox.width - 4 * devicePixelRatio;
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
