/** A matcher as Grafana's resources hold it, from how Alertmanager writes it: `severity="page"`. */
export function matcher(text: string) {
  const [, label, type, value] = /^(\w+)(=~|!~|!=|=)"(.*)"$/.exec(text) ?? [];
  if (label === undefined) throw new RangeError(`${text} is no matcher`);
  return { type, label, value };
}
