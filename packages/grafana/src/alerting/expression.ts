import type { AlertModel } from './rule.ts';

/** Grafana's own pseudo data source for expressions on results of queries. */
const expressions = '__expr__';

/** How far back an instant query may look for its newest sample. */
export const queryRangeSeconds = 600;

/** One step of a rule: a query, or an expression on an earlier step. */
export interface Step {
  readonly refId: string;
  readonly datasourceUid: string;
  readonly isSource: boolean;
  readonly model: Readonly<Record<string, unknown>>;
}

/** The one instant query of a recording. */
export const recordingSteps = (expr: string, datasourceUid: string): Step[] => [
  { ...query(expr, datasourceUid), isSource: true },
];

/**
 * Prometheus fires for every series that a condition leaves, whatever its value, 0 and NaN too.
 * Grafana fires for values above a threshold. So each series is asked first whether it has a
 * value at all, as Grafana's own conversion of Prometheus rules does
 * (https://grafana.com/docs/grafana/latest/alerting/alerting-rules/alerting-migration/).
 */
export function alertSteps(expr: string, datasourceUid: string): Step[] {
  return [
    query(expr, datasourceUid),
    {
      refId: 'B',
      datasourceUid: expressions,
      isSource: false,
      model: { refId: 'B', type: 'math', expression: 'is_number($A) || is_nan($A) || is_inf($A)' },
    },
    {
      refId: 'C',
      datasourceUid: expressions,
      isSource: true,
      model: {
        refId: 'C',
        type: 'threshold',
        expression: 'B',
        conditions: [{ evaluator: { type: 'gt', params: [0] } }],
      },
    },
  ];
}

/**
 * Templates of Prometheus know one `$value`; in Grafana it is a text about all steps, and the
 * number is the value of the query.
 */
const grafanaTemplate = (text: string): string =>
  text.replaceAll(/\{\{ \$value \| (.*?) \}\}/g, '{{ $values.A.Value | $1 }}');

/** Texts as Grafana fills them in, and the panel that it shows beside the alert and marks. */
export const grafanaAnnotations = ({
  annotations,
  panel,
}: Pick<AlertModel, 'annotations' | 'panel'>): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(annotations).map(([name, text]) => [name, grafanaTemplate(text)]),
  ),
  ...(panel !== undefined && {
    __dashboardUid__: panel.dashboardUid,
    __panelId__: String(panel.panelId),
  }),
});

/** `intervalMs` and `maxDataPoints` are Grafana's defaults; written out, they never differ. */
function query(expr: string, datasourceUid: string): Step {
  return {
    refId: 'A',
    datasourceUid,
    isSource: false,
    model: {
      refId: 'A',
      expr,
      instant: true,
      range: false,
      intervalMs: 1000,
      maxDataPoints: 43_200,
    },
  };
}
