import {
  AnnotationQueryBuilder,
  ConditionalRenderingDataBuilder,
  ConditionalRenderingGroupBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  GridBuilder,
  GridItemBuilder,
  RowBuilder,
  RowsBuilder,
  TimeSettingsBuilder,
} from '@grafana/grafana-foundation-sdk/dashboardv2';
import { identify } from '../model/identity.ts';
import type { IdentifiedPanel } from '../model/identity.ts';
import { QueryV2Builder } from '@grafana/grafana-foundation-sdk/prometheus';
import { datasourceOf } from '../model/model.ts';
import type { AnnotationModel, DashboardModel, LinkModel, RowModel } from '../model/model.ts';
import { place } from '../model/placement.ts';
import { frozen, manager } from '../resource.ts';
import type { GrafanaResource } from '../resource.ts';
import { panelElement } from './panel.ts';
import { variableKind } from './variable.ts';

/** A dashboard as a `dashboard.grafana.app/v2` manifest; equal models give equal manifests. */
export function dashboardManifest(model: DashboardModel): GrafanaResource {
  return frozen({
    apiVersion: 'dashboard.grafana.app/v2',
    kind: 'Dashboard',
    metadata: { name: model.slug, annotations: manager },
    spec: dashboardBuilder(model).build(),
  });
}

function dashboardBuilder(model: DashboardModel): DashboardBuilder {
  const panels = identify(model);
  const rows = model.rows.map((row, index) => rowBuilder(row, panels[index] ?? []));
  const dashboard = new DashboardBuilder(model.title)
    .description(model.description)
    .tags([...model.tags])
    .editable(false)
    .cursorSync(DashboardCursorSync.Crosshair)
    .timeSettings(new TimeSettingsBuilder().from('now-1h').to('now').autoRefresh('30s'))
    .variables(model.variables.map(variableKind))
    .links(model.links.map(link))
    .annotations(model.annotations.map(annotation))
    .layout(new RowsBuilder().rows(rows));
  for (const panel of panels.flat()) dashboard.element(panel.name, panelElement(panel));
  return dashboard;
}

function rowBuilder(row: RowModel, panels: readonly IdentifiedPanel[]): RowBuilder {
  const places = place(panels.map(({ panel }) => panel));
  const grid = new GridBuilder().items(
    panels.flatMap(({ name }, index) => {
      const at = places[index];
      return at === undefined
        ? []
        : new GridItemBuilder().name(name).x(at.x).y(at.y).width(at.width).height(at.height);
    }),
  );
  const builder = new RowBuilder().title(row.title).layout(grid);
  return row.onlyWithData === true ? builder.conditionalRendering(whenDataExists()) : builder;
}

function whenDataExists(): ConditionalRenderingGroupBuilder {
  return new ConditionalRenderingGroupBuilder()
    .visibility('show')
    .condition('or')
    .item(new ConditionalRenderingDataBuilder().value(true));
}

/** The fields that Grafana's own conversion keeps beside the query. */
function annotation({ name, expr, at, text, color }: AnnotationModel): AnnotationQueryBuilder {
  const datasource = { name: `\${${datasourceOf.metrics.variable}}` };
  return new AnnotationQueryBuilder()
    .name(name)
    .enable(true)
    .hide(false)
    .iconColor(color)
    .query(new QueryV2Builder().datasource(datasource).expr(expr).range(true))
    .legacyOptions({ titleFormat: name, textFormat: text, useValueForTime: at === 'value' });
}

function link({ title, url }: LinkModel): DashboardLinkBuilder {
  return new DashboardLinkBuilder()
    .title(title)
    .type(DashboardLinkType.Link)
    .url(url)
    .includeVars(true)
    .keepTime(true);
}
