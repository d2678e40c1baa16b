import type { SproutConfig } from '@sprout/process';

type Links = Pick<SproutConfig, 'links'>;

/** Where the runbook of an alert stands: on the web when configured, else in this repository. */
export function runbookUrl({ links }: Links, alert: string): string {
  return `${links.runbooks ?? 'alerts/runbooks'}/${alert}.md`;
}

/** The page of an objective: Grafana's dashboard when there is one, else the console's. */
export function objectiveUrl({ links }: Links, objective: string): string {
  return links.grafana === undefined
    ? `${links.console}/objective/${objective}`
    : `${links.grafana}/d/slo-detail?var-objective=${objective}`;
}

/** The page of a service; `service` may be a template. */
export function serviceUrl({ links }: Links, service: string): string {
  return links.grafana === undefined
    ? `${links.console}/`
    : `${links.grafana}/d/service-red?var-service=${service}`;
}
