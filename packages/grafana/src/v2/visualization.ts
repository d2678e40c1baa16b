import {
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { PanelModel } from '../model/model.ts';
import { panelVersion } from '../version.ts';

/** The plugin of a view with our defaults. The SDK leaves out version and legend. */
export function visualization(view: PanelModel['view']) {
  const viz = builderOf(view);
  const { build } = viz;
  viz.build = () => ({ ...build.call(viz), version: panelVersion });
  return viz;
}

function builderOf(view: PanelModel['view']) {
  if (view === 'stat') return new stat.VisualizationV2Builder();
  if (view === 'table') return new table.VisualizationV2Builder();
  return new timeseries.VisualizationV2Builder().legend(legend()).fillOpacity(8).lineWidth(1);
}

/** A legend below the lines, which the SDK would hide. */
export function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom);
}
