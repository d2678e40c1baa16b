import type uPlot from 'uplot';
import { useEffect, useRef, useState } from 'preact/hooks';
import { locale, texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { clock } from '../state/clock.ts';
import { isDark } from '../state/theme.ts';
import type { ChartModel } from './chart-model.ts';
import { chartOptions } from './chart-options.ts';
import { readChartStyle } from './chart-style.ts';
import { loadUplot } from './load-uplot.ts';
import type { UPlotClass } from './load-uplot.ts';

/**
 * A chart over time. It is a picture to a screen reader: `label` says what it shows, and the
 * figure around it offers the same data as a table.
 */
export function TimeChart(props: {
  readonly model: ChartModel;
  readonly label: string;
  /** Told the index of the point under the cursor, null when there is none. */
  readonly onCursor: (index: number | null) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const uplot = useUplot();
  const look = `${isDark.value} ${clock.value} ${locale()}`;
  useEffect(() => {
    if (!place.current || !layer.current || !uplot) return undefined;
    return draw(uplot, { chart: place.current, points: layer.current }, props);
  }, [uplot, props.model, look]);
  return (
    <div class="chart-frame">
      <div
        class="chart"
        ref={place}
        role="img"
        aria-label={props.label}
        style={{ minHeight: `${props.model.height}px` }}
      />
      <div class="chart-points" ref={layer} aria-hidden="true" />
    </div>
  );
}

function useUplot(): UPlotClass | undefined {
  const [loaded, setLoaded] = useState<{ uplot: UPlotClass }>();
  useEffect(() => void loadUplot().then((uplot) => setLoaded({ uplot })), []);
  return loaded?.uplot;
}

function draw(
  Uplot: UPlotClass,
  { chart: element, points }: { readonly chart: HTMLElement; readonly points: HTMLElement },
  { model, onCursor }: Pick<Parameters<typeof TimeChart>[0], 'model' | 'onCursor'>,
): () => void {
  const look = {
    width: element.clientWidth,
    style: readChartStyle(Uplot),
    clock: clock.peek(),
    locale: locale(),
  };
  const data = [model.at, ...model.lines.map((line) => line.values)] as uPlot.AlignedData;
  const chart = new Uplot(chartOptions(model, look, { cursor: onCursor }), data, element);
  points.replaceChildren(...pointLinks(model));
  lieOver(points, chart);
  const resized = new ResizeObserver(() => {
    if (element.clientWidth > 0) {
      chart.setSize({ width: element.clientWidth, height: model.height });
      lieOver(points, chart);
    }
  });
  resized.observe(element);
  return () => {
    resized.disconnect();
    chart.destroy();
  };
}

/** Puts the layer where the lines are drawn. */
function lieOver({ style }: HTMLElement, { over }: uPlot): void {
  const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = over;
  style.left = `${offsetLeft}px`;
  style.top = `${offsetTop}px`;
  style.width = `${offsetWidth}px`;
  style.height = `${offsetHeight}px`;
}

/** Links over the plot; for the keyboard the figure names the highest, and not forty. */
function pointLinks({ points = [], interval, yRange }: ChartModel): HTMLAnchorElement[] {
  const [low, high] = yRange;
  return points
    .filter(({ value }) => value >= low && value <= high)
    .map(({ atMs, value, traceId, label }) => {
      const link = document.createElement('a');
      link.className = 'chart-point';
      link.href = paths.trace(traceId);
      link.title = texts().exemplar(label);
      link.tabIndex = -1;
      link.style.left = `${(100 * (atMs - interval.fromMs)) / (interval.toMs - interval.fromMs)}%`;
      link.style.top = `${100 * (1 - (value - low) / (high - low))}%`;
      return link;
    });
}
