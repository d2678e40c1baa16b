const numbers: ReadonlyMap<string, number> = new Map([
  ['trace', 1],
  ['silly', 1],
  ['debug', 5],
  ['verbose', 5],
  ['info', 9],
  ['http', 9],
  ['information', 9],
  ['notice', 10],
  ['warn', 13],
  ['warning', 13],
  ['error', 17],
  ['err', 17],
  ['critical', 21],
  ['crit', 21],
  ['alert', 21],
  ['emerg', 21],
  ['fatal', 21],
]);

/** OpenTelemetry's severity number of a level name, also winston's and syslog's; 0 when unknown. */
export function severityNumberOf(level: string): number {
  return numbers.get(level.toLowerCase()) ?? 0;
}
