/** Windows that Grafana fills in, by what they often are. */
const windows: Readonly<Record<string, string>> = {
  __rate_interval: '5m',
  __interval: '1m',
  __range: '1h',
  __auto: '5m',
};

/** A query with windows in the place of Grafana's variables, so that it is PromQL. */
export const plain = (expr: string): string =>
  expr.replaceAll(/\$(__\w+)/g, (variable, name: string) => windows[name] ?? variable);
