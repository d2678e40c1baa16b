import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BarGaugeDisplayMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  VizLegendOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import * as gauge from '@grafana/grafana-foundation-sdk/gauge';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import * as logs from '@grafana/grafana-foundation-sdk/logs';
import * as nodegraph from '@grafana/grafana-foundation-sdk/nodegraph';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { PanelModel } from '../model/model.ts';
import { panelVersion } from '../version.ts';

type Drawn = Pick<PanelModel, 'view' | 'stacked' | 'thresholds'>;

/** The plugin of a view with our defaults. The SDK leaves out version and legend. */
export function visualization(panel: Drawn) {
  const viz = builderOf(panel);
  const { build } = viz;
  viz.build = () => ({ ...build.call(viz), version: panelVersion });
  return viz;
}

function builderOf(panel: Drawn) {
  switch (panel.view) {
    case 'stat':
      return new stat.VisualizationV2Builder().reduceOptions(lastValue());
    case 'gauge':
      return new gauge.VisualizationV2Builder().reduceOptions(lastValue());
    case 'bar':
      return new bargauge.VisualizationV2Builder()
        .reduceOptions(lastValue())
        .orientation(VizOrientation.Horizontal)
        .displayMode(BarGaugeDisplayMode.Basic);
    case 'heatmap':
      return new heatmap.VisualizationV2Builder().calculate(false);
    case 'logs':
      return new logs.VisualizationV2Builder().showTime(true).wrapLogMessage(true);
    case 'nodegraph':
      return new nodegraph.VisualizationV2Builder();
    case 'statetimeline':
      return new statetimeline.VisualizationV2Builder().legend(legend()).mergeValues(true);
    case 'table':
    case 'traces':
      return new table.VisualizationV2Builder();
    case 'timeseries':
      return lines(new timeseries.VisualizationV2Builder(), panel);
  }
}

/** Lines with a legend and dashed bounds, which Grafana hides by itself; stacked ones are filled. */
export function lines<T extends timeseries.VisualizationV2Builder | timeseries.PanelBuilder>(
  builder: T,
  { stacked = false, thresholds }: Drawn,
): T {
  builder
    .legend(legend())
    .lineWidth(1)
    .fillOpacity(stacked ? 40 : 8);
  if (stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  if (thresholds !== undefined) builder.thresholdsStyle(dashed());
  return builder;
}

const dashed = () => new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed);

export const lastValue = (): ReduceDataOptionsBuilder =>
  new ReduceDataOptionsBuilder().calcs(['lastNotNull']);

/** A legend below the lines, which the SDK would hide. */
export function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom);
}
