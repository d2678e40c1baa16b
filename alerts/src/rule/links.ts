import type { SproutConfig } from '@sprout/process';

type Links = Pick<SproutConfig, 'links'>;

/**
 * An alert is looked at soon after it fired: what it saw lies in the last hour. Notifications put
 * its own time in the place of this one (notifications/link-time.ts).
 */
const range = 'from=now-1h&to=now';

/** Where the runbook of an alert stands: on the web when configured, else in this repository. */
export function runbookUrl({ links }: Links, alert: string): string {
  return `${links.runbooks ?? 'alerts/runbooks'}/${alert}.md`;
}

/** The page of an objective: Grafana's dashboard when there is one, else the console's. */
export function objectiveUrl({ links }: Links, objective: string): string {
  return links.grafana === undefined
    ? `${links.console}/objective/${objective}?range=1h`
    : `${links.grafana}/d/slo-detail?var-objective=${objective}&${range}`;
}

/** The slug of the dashboard that one of these links leads to; undefined when it is none. */
export function linkedBoard(url: string): string | undefined {
  if (url.includes('/objective/')) return 'slo-detail';
  return /\/(?:d|dashboards)\/([\w-]+)\?/.exec(url)?.[1];
}

/** A dashboard with values for its variables; those may be templates. */
export function boardUrl(
  { links }: Links,
  slug: string,
  variables: Readonly<Record<string, string>>,
): string {
  const chosen = Object.entries(variables).map(([name, value]) => `var-${name}=${value}`);
  return links.grafana === undefined
    ? `${links.console}/dashboards/${slug}?${[...chosen, 'range=1h'].join('&')}`
    : `${links.grafana}/d/${slug}?${[...chosen, range].join('&')}`;
}

/** The log lines of a service; `service` may be a template. */
export function logsUrl({ links }: Links, service: string): string {
  const query = `{service="${service}"}`;
  return links.grafana === undefined
    ? `${links.console}/logs?query=${encoded(query)}&range=1h`
    : exploreUrl(links.grafana, 'loki', { expr: query });
}

/** Traces of a service that failed; without Grafana the lines that name them. */
export function tracesUrl({ links }: Links, service: string): string {
  if (links.grafana !== undefined) {
    const query = `{resource.service.name="${service}" && status=error}`;
    return exploreUrl(links.grafana, 'tempo', { query, queryType: 'traceql' });
  }
  const lines = `{service="${service}"} |= "trace_id" |= "error"`;
  return `${links.console}/logs?query=${encoded(lines)}&range=1h`;
}

/** Grafana's Explore with one query (https://grafana.com/docs/grafana/latest/explore/, "panes"). */
function exploreUrl(grafana: string, datasource: string, query: Record<string, string>): string {
  const panes = {
    a: {
      datasource,
      queries: [{ refId: 'A', datasource: { type: datasource, uid: datasource }, ...query }],
      range: { from: 'now-1h', to: 'now' },
    },
  };
  return `${grafana}/explore?schemaVersion=1&orgId=1&panes=${encoded(JSON.stringify(panes))}`;
}

/** Percent-encoded, except for templates, which are filled in before anybody opens the link. */
const encoded = (text: string): string =>
  text
    .split(/(\{\{ .*? \}\})/)
    .map((part) => (part.startsWith('{{ ') ? part : encodeURIComponent(part)))
    .join('');
