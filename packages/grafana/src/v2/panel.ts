import {
  PanelBuilder,
  QueryGroupBuilder,
  TargetBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  TransformationBuilder,
} from '@grafana/grafana-foundation-sdk/dashboardv2';
import type { Element } from '@grafana/grafana-foundation-sdk/dashboardv2';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { PromQueryFormat, QueryV2Builder } from '@grafana/grafana-foundation-sdk/prometheus';
import type { IdentifiedPanel } from '../model/identity.ts';
import { prometheusVariable } from '../model/model.ts';
import type { PanelModel, QueryModel, ThresholdModel } from '../model/model.ts';
import { tableTransformations } from '../model/table.ts';
import { visualization } from './visualization.ts';

/** A panel as an element of a v2 dashboard. */
export function panelElement({ panel, id }: IdentifiedPanel): Builder<Element> {
  const viz = visualization(panel.view)
    .unit(panel.unit)
    .noValue('no data')
    .dataLinks((panel.links ?? []).map(({ title, url }) => ({ title, url, targetBlank: false })));
  if (panel.thresholds !== undefined) viz.thresholds(thresholds(panel.thresholds));
  return new PanelBuilder()
    .id(id)
    .title(panel.title)
    .description(panel.description)
    .data(queries(panel))
    .visualization(viz);
}

function queries(panel: PanelModel): QueryGroupBuilder {
  const group = new QueryGroupBuilder().targets(
    panel.queries.map((query, index) => target(panel, query, refIdOf(index))),
  );
  for (const { id, options } of tableTransformations(panel)) {
    group.transformation(new TransformationBuilder().group(id).options(options));
  }
  return group;
}

function target(panel: PanelModel, query: QueryModel, refId: string): TargetBuilder {
  const isTable = panel.view === 'table';
  const prometheus = new QueryV2Builder()
    .datasource({ name: `\${${prometheusVariable}}` })
    .expr(query.expr)
    .legendFormat(query.legend)
    .range(!isTable)
    .instant(isTable)
    .format(isTable ? PromQueryFormat.Table : PromQueryFormat.TimeSeries);
  if (query.exemplars === true) prometheus.exemplar(true);
  return new TargetBuilder().refId(refId).query(prometheus);
}

/** A, B, C … */
const refIdOf = (index: number): string => String.fromCodePoint(65 + index);

function thresholds(steps: readonly ThresholdModel[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(
    // Null stands for "from the lowest value on".
    steps.map(({ from, color }) => ({ value: from ?? null, color })),
  );
}
