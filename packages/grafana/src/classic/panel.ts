import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { IdentifiedPanel } from '../model/identity.ts';
import { prometheusVariable } from '../model/model.ts';
import type { PanelModel, QueryModel } from '../model/model.ts';
import type { Place } from '../model/placement.ts';
import { tableTransformations } from '../model/table.ts';
import { legend } from '../v2/visualization.ts';
import { panelVersion } from '../version.ts';

/** The data source that the reader chose. */
export const datasource = { type: 'prometheus', uid: `\${${prometheusVariable}}` };

/** A panel of a classic dashboard at its place. */
export function panelJson({ panel, id }: IdentifiedPanel, at: Place): dashboard.Panel {
  const builder = builderOf(panel.view)
    .id(id)
    .title(panel.title)
    .description(panel.description)
    .datasource(datasource)
    .unit(panel.unit)
    .noValue('no data')
    .gridPos({ x: at.x, y: at.y, w: at.width, h: at.height })
    .targets(panel.queries.map((query, index) => target(panel, query, index)))
    .transformations(tableTransformations(panel).map(({ id, options }) => ({ id, options })))
    .dataLinks(
      (panel.links ?? []).map(({ title, url }) =>
        new dashboard.DashboardLinkBuilder(title).url(url),
      ),
    );
  if (panel.thresholds !== undefined) {
    const steps = panel.thresholds.map(({ from, color }) => ({ value: from ?? null, color }));
    builder.thresholds(
      new dashboard.ThresholdsConfigBuilder().mode(dashboard.ThresholdsMode.Absolute).steps(steps),
    );
  }
  return { ...builder.build(), pluginVersion: panelVersion };
}

function builderOf(view: PanelModel['view']) {
  if (view === 'stat') return new stat.PanelBuilder();
  if (view === 'table') return new table.PanelBuilder();
  return new timeseries.PanelBuilder().legend(legend()).fillOpacity(8).lineWidth(1);
}

function target(panel: PanelModel, query: QueryModel, index: number): DataqueryBuilder {
  const builder = new DataqueryBuilder()
    .refId(String.fromCodePoint(65 + index))
    .datasource(datasource)
    .expr(query.expr)
    .legendFormat(query.legend)
    .exemplar(query.exemplars === true);
  return panel.view === 'table'
    ? builder.instant().format(PromQueryFormat.Table)
    : builder.range().format(PromQueryFormat.TimeSeries);
}
