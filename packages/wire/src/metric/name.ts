import type { OtlpMetric } from './otlp-metric.ts';

const unitNames: ReadonlyMap<string, string> = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['kBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['m', 'meters'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['g', 'grams'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['%', 'percent'],
]);
const perUnitNames: ReadonlyMap<string, string> = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
]);

/**
 * The Prometheus name of an OTLP metric, with suffixes: the unit in words, `_ratio` for gauges of
 * unit 1, `_total` for monotonic sums (OpenTelemetry's Prometheus compatibility specification).
 */
export function prometheusName(
  metric: Pick<OtlpMetric, 'name' | 'unit' | 'kind' | 'monotonic'>,
): string {
  let words = metric.name.split(/[^a-zA-Z0-9:]+/).filter((word) => word !== '');
  for (const word of unitWords(metric.unit)) if (!words.includes(word)) words.push(word);
  if (metric.kind === 'gauge' && metric.unit === '1') words = withLast(words, 'ratio');
  if (metric.kind === 'sum' && metric.monotonic) words = withLast(words, 'total');
  const name = words.join('_');
  return /^\d/.test(name) ? `_${name}` : name;
}

/** The Prometheus name of an attribute. */
export function prometheusLabel(key: string): string {
  const name = key.replaceAll(/[^a-zA-Z0-9_]/g, '_');
  return /^\d/.test(name) ? `key_${name}` : name;
}

function unitWords(unit: string): string[] {
  // Annotations such as {request} say what is counted, not in which unit.
  const [main = '', per = ''] = unit.replaceAll(/\{[^}]*\}/g, '').split('/', 2);
  const words = unitText(unitNames, main);
  const perWords = unitText(perUnitNames, per);
  return perWords.length === 0 ? words : [...words, 'per', ...perWords];
}

function unitText(names: ReadonlyMap<string, string>, unit: string): string[] {
  const name = names.get(unit) ?? (unit === '1' ? '' : unit);
  return name.split(/[^a-zA-Z0-9]+/).filter((word) => word !== '');
}

function withLast(words: readonly string[], last: string): string[] {
  return [...words.filter((word) => word !== last), last];
}
