import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type {
  Dashboard,
  Panel,
  RowPanel,
  VariableModel as Variable,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { identify } from '../model/identity.ts';
import type { AnnotationModel, DashboardModel, LinkModel, VariableModel } from '../model/model.ts';
import { heightOf, place } from '../model/placement.ts';
import { frozen } from '../resource.ts';
import { datasource, panelJson } from './panel.ts';

/** The JSON of a classic dashboard, which every Grafana imports. */
export function classicDashboard(model: DashboardModel): Dashboard {
  const builder = new DashboardBuilder(model.title)
    .uid(model.slug)
    .description(model.description)
    .tags([...model.tags])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .variables(model.variables.map(variable))
    .links(model.links.map(link))
    .annotations(model.annotations.map(annotation));
  return frozen({ ...builder.build(), panels: panels(model) });
}

/** Rows and panels with absolute places: each row stands below what the ones before it take. */
function panels(model: DashboardModel): (Panel | RowPanel)[] {
  const identified = identify(model);
  let y = 0;
  return model.rows.flatMap((row, index) => {
    const members = identified[index] ?? [];
    const places = place(members.map(({ panel }) => panel));
    const header = rowHeader(row.title, index, y);
    const top = y + 1;
    y = top + heightOf(places);
    const placed = members.flatMap((member, at) => {
      const spot = places[at];
      return spot === undefined ? [] : panelJson(member, { ...spot, y: top + spot.y });
    });
    return [header, ...placed];
  });
}

/** Row ids are small; ids of panels are hashes, which practically never are. */
function rowHeader(title: string, index: number, y: number): RowPanel {
  return {
    type: 'row',
    id: index + 1,
    title,
    collapsed: false,
    gridPos: { x: 0, y, w: 24, h: 1 },
    panels: [],
  };
}

function variable(model: VariableModel): Builder<Variable> {
  if (model.kind === 'datasource') {
    return new DatasourceVariableBuilder(model.name).label(model.label).type(model.of);
  }
  const multi = model.multi === true;
  const query = `label_values(${model.metric}, ${model.of})`;
  return new QueryVariableBuilder(model.name)
    .label(model.label)
    .datasource(datasource())
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(multi)
    .includeAll(multi);
}

function annotation({ name, expr, at, text, color }: AnnotationModel): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(datasource())
    .enable(true)
    .iconColor(color)
    .expr(expr)
    .titleFormat(name)
    .textFormat(text)
    .useValueForTime(at === 'value');
}

function link({ title, url }: LinkModel): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .url(url)
    .includeVars(true)
    .keepTime(true);
}
