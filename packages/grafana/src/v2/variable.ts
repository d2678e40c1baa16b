import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboardv2';
import type { DataQueryKind, VariableKind } from '@grafana/grafana-foundation-sdk/dashboardv2';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { datasourceOf } from '../model/model.ts';
import type { VariableModel } from '../model/model.ts';

/** A variable of a v2 dashboard. */
export function variableKind(variable: VariableModel): Builder<VariableKind> {
  if (variable.kind === 'datasource') {
    return new DatasourceVariableBuilder(variable.name).label(variable.label).pluginId(variable.of);
  }
  const multi = variable.multi === true;
  return new QueryVariableBuilder(variable.name)
    .label(variable.label)
    .query(labelValues(variable.metric, variable.of))
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(multi)
    .includeAll(multi);
}

/**
 * The query of a variable. The SDK's Prometheus query writes `expr`, which variables do not
 * read; they read the text under the name that Grafana's own conversion gives it.
 */
function labelValues(metric: string, label: string): Builder<DataQueryKind> {
  const text = `label_values(${metric}, ${label})`;
  return {
    build: () => ({
      kind: 'DataQuery',
      group: 'prometheus',
      version: 'v0',
      datasource: { name: `\${${datasourceOf.metrics.variable}}` },
      spec: { __legacyStringValue: text, query: text, refId: 'variable' },
    }),
  };
}
