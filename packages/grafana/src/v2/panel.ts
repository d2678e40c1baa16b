import {
  MappingType,
  PanelBuilder,
  QueryGroupBuilder,
  TargetBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  TransformationBuilder,
} from '@grafana/grafana-foundation-sdk/dashboardv2';
import type { DataQueryKind, Element } from '@grafana/grafana-foundation-sdk/dashboardv2';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as loki from '@grafana/grafana-foundation-sdk/loki';
import { PromQueryFormat, QueryV2Builder } from '@grafana/grafana-foundation-sdk/prometheus';
import * as tempo from '@grafana/grafana-foundation-sdk/tempo';
import type { IdentifiedPanel } from '../model/identity.ts';
import { valueOptions } from '../model/mapping.ts';
import { datasourceOf, isInstant } from '../model/model.ts';
import type { PanelModel, QueryModel, QuerySource, ThresholdModel } from '../model/model.ts';
import { columnUnits, refIdOf, transformations } from '../model/table.ts';
import { visualization } from './visualization.ts';

/** A panel as an element of a v2 dashboard. */
export function panelElement({ panel, id }: IdentifiedPanel): Builder<Element> {
  const viz = visualization(panel)
    .unit(panel.unit)
    .noValue(panel.noValue ?? 'no data')
    .dataLinks((panel.links ?? []).map(({ title, url }) => ({ title, url, targetBlank: false })));
  if (panel.min !== undefined) viz.min(panel.min);
  if (panel.max !== undefined) viz.max(panel.max);
  if (panel.thresholds !== undefined) viz.thresholds(thresholds(panel.thresholds));
  if (panel.states !== undefined) {
    viz.mappings([{ type: MappingType.Value, options: valueOptions(panel.states) }]);
  }
  for (const [title, unit] of columnUnits(panel)) {
    viz.overrideByName(title, [{ id: 'unit', value: unit }]);
  }
  return new PanelBuilder()
    .id(id)
    .title(panel.title)
    .description(panel.description)
    .data(queries(panel))
    .visualization(viz);
}

function queries(panel: PanelModel): QueryGroupBuilder {
  const group = new QueryGroupBuilder().targets(
    panel.queries.map((query, index) =>
      new TargetBuilder().refId(refIdOf(index)).query(queryKind(panel, query)),
    ),
  );
  for (const { id, options } of transformations(panel)) {
    group.transformation(new TransformationBuilder().group(id).options(options));
  }
  return group;
}

function queryKind(panel: PanelModel, query: QueryModel): Builder<DataQueryKind> {
  if (query.source === 'logs') {
    return new loki.QueryV2Builder().datasource(through('logs')).expr(query.expr).maxLines(200);
  }
  if (query.source === 'traces') {
    return new tempo.QueryV2Builder()
      .datasource(through('traces'))
      .queryType('traceql')
      .query(query.expr)
      .limit(20)
      .tableType(tempo.SearchTableType.Traces);
  }
  return metrics(panel, query);
}

function metrics({ view }: PanelModel, query: QueryModel): QueryV2Builder {
  const instant = isInstant(view);
  const builder = new QueryV2Builder()
    .datasource(through('metrics'))
    .expr(query.expr)
    .legendFormat(query.legend)
    .range(!instant)
    .instant(instant)
    .format(formatOf(view));
  if (query.exemplars === true) builder.exemplar(true);
  return builder;
}

/** How Prometheus' answers are laid out for a view. */
export function formatOf(view: PanelModel['view']): PromQueryFormat {
  if (view === 'table' || view === 'nodegraph') return PromQueryFormat.Table;
  return view === 'heatmap' ? PromQueryFormat.Heatmap : PromQueryFormat.TimeSeries;
}

const through = (source: QuerySource) => ({ name: `\${${datasourceOf[source].variable}}` });

function thresholds(steps: readonly ThresholdModel[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(
    // Null stands for "from the lowest value on".
    steps.map(({ from, color }) => ({ value: from ?? null, color })),
  );
}
