import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { BarGaugeDisplayMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as gauge from '@grafana/grafana-foundation-sdk/gauge';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import * as logs from '@grafana/grafana-foundation-sdk/logs';
import * as loki from '@grafana/grafana-foundation-sdk/loki';
import * as nodegraph from '@grafana/grafana-foundation-sdk/nodegraph';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as tempo from '@grafana/grafana-foundation-sdk/tempo';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { IdentifiedPanel } from '../model/identity.ts';
import { valueOptions } from '../model/mapping.ts';
import { datasourceOf, isInstant } from '../model/model.ts';
import type { PanelModel, QueryModel, QuerySource } from '../model/model.ts';
import type { Place } from '../model/placement.ts';
import { columnUnits, refIdOf, transformations } from '../model/table.ts';
import { formatOf } from '../v2/panel.ts';
import { lastValue, legend, lines } from '../v2/visualization.ts';
import { panelVersion } from '../version.ts';

/** The data source that the reader chose for a kind of query. */
export const datasource = (source: QuerySource = 'metrics') => ({
  type: datasourceOf[source].type,
  uid: `\${${datasourceOf[source].variable}}`,
});

/** A panel of a classic dashboard at its place. */
export function panelJson({ panel, id }: IdentifiedPanel, at: Place): dashboard.Panel {
  const builder = builderOf(panel)
    .id(id)
    .title(panel.title)
    .description(panel.description)
    .datasource(datasource(panel.queries[0]?.source))
    .unit(panel.unit)
    .noValue(panel.noValue ?? 'no data')
    .gridPos({ x: at.x, y: at.y, w: at.width, h: at.height })
    .targets(panel.queries.map((query, index) => target(panel, query, refIdOf(index))))
    .transformations(transformations(panel).map(({ id, options }) => ({ id, options })))
    .dataLinks(
      (panel.links ?? []).map(({ title, url }) =>
        new dashboard.DashboardLinkBuilder(title).url(url),
      ),
    );
  if (panel.min !== undefined) builder.min(panel.min);
  if (panel.max !== undefined) builder.max(panel.max);
  if (panel.states !== undefined) {
    const options = valueOptions(panel.states);
    builder.mappings([{ type: dashboard.MappingType.ValueToText, options }]);
  }
  for (const [title, unit] of columnUnits(panel)) {
    builder.overrideByName(title, [{ id: 'unit', value: unit }]);
  }
  if (panel.thresholds !== undefined) {
    const steps = panel.thresholds.map(({ from, color }) => ({ value: from ?? null, color }));
    builder.thresholds(
      new dashboard.ThresholdsConfigBuilder().mode(dashboard.ThresholdsMode.Absolute).steps(steps),
    );
  }
  return { ...builder.build(), pluginVersion: panelVersion };
}

function builderOf(panel: PanelModel) {
  switch (panel.view) {
    case 'stat':
      return new stat.PanelBuilder().reduceOptions(lastValue());
    case 'gauge':
      return new gauge.PanelBuilder().reduceOptions(lastValue());
    case 'bar':
      return new bargauge.PanelBuilder()
        .reduceOptions(lastValue())
        .orientation(VizOrientation.Horizontal)
        .displayMode(BarGaugeDisplayMode.Basic);
    case 'heatmap':
      return new heatmap.PanelBuilder().calculate(false);
    case 'logs':
      return new logs.PanelBuilder().showTime(true).wrapLogMessage(true);
    case 'nodegraph':
      return new nodegraph.PanelBuilder();
    case 'statetimeline':
      return new statetimeline.PanelBuilder().legend(legend()).mergeValues(true);
    case 'table':
    case 'traces':
      return new table.PanelBuilder();
    case 'timeseries':
      return lines(new timeseries.PanelBuilder(), panel);
  }
}

function target(panel: PanelModel, query: QueryModel, refId: string): Builder<Dataquery> {
  if (query.source === 'logs') {
    return new loki.DataqueryBuilder()
      .refId(refId)
      .datasource(datasource('logs'))
      .expr(query.expr)
      .maxLines(200);
  }
  if (query.source === 'traces') {
    return new tempo.DataqueryBuilder()
      .refId(refId)
      .datasource(datasource('traces'))
      .queryType('traceql')
      .query(query.expr)
      .limit(20)
      .tableType(tempo.SearchTableType.Traces);
  }
  const builder = new DataqueryBuilder()
    .refId(refId)
    .datasource(datasource())
    .expr(query.expr)
    .legendFormat(query.legend)
    .exemplar(query.exemplars === true)
    .format(formatOf(panel.view));
  return isInstant(panel.view) ? builder.instant() : builder.range();
}
