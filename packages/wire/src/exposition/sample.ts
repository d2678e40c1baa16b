import type { Labels } from '../series/time-series.ts';
import { closingQuote } from '../text/quoted.ts';
import type { Exemplar, MetricSample } from './family.ts';

/** A sample with more labels than this is refused. */
export const labelsPerSampleMax = 128;

/** `prometheus` is text 0.0.4. */
export type TextFormat = 'prometheus' | 'openmetrics';

/** Parses one sample line without surrounding white space; the answer is text when it is malformed. */
export function parseSample(line: string, format: TextFormat): MetricSample | string {
  const name = takeName(line);
  if (name === '') return 'a sample starts with a metric name';
  const labels = takeLabels(line, name.length);
  if (typeof labels === 'string') return labels;
  const [body, exemplarText] = splitExemplar(line.slice(labels.next), format);
  const reading = takeReading(body, format);
  if (typeof reading === 'string') return reading;
  const sample = { name, labels: labels.labels, ...reading };
  if (exemplarText === undefined) return sample;
  const exemplar = parseExemplar(exemplarText, format);
  return typeof exemplar === 'string' ? exemplar : { ...sample, exemplar };
}

const nameAt = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const labelNameAt = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"/y;
const commaAt = /\s*(,?)/y;
const openAt = /\s*\{/y;
const closeAt = /\s*\}/y;

function takeName(line: string): string {
  nameAt.lastIndex = 0;
  return nameAt.exec(line)?.[0] ?? '';
}

/** Labels and the index behind them; a line without braces has none. */
function takeLabels(line: string, at: number): { labels: Labels; next: number } | string {
  openAt.lastIndex = at;
  if (!openAt.test(line)) return { labels: [], next: at };
  const labels: [string, string][] = [];
  let next = openAt.lastIndex;
  for (;;) {
    closeAt.lastIndex = next;
    if (closeAt.test(line)) return { labels, next: closeAt.lastIndex };
    const label = takeLabel(line, next);
    if (!label) return `labels are malformed at column ${next + 1}`;
    if (labels.some(([earlier]) => earlier === label.name))
      return `label ${label.name} is given twice`;
    if (labels.length === labelsPerSampleMax) return `more than ${labelsPerSampleMax} labels`;
    labels.push([label.name, label.value]);
    next = label.next;
  }
}

/** One label with the comma behind it, which only the last one may lack. */
function takeLabel(
  line: string,
  at: number,
): { name: string; value: string; next: number } | undefined {
  labelNameAt.lastIndex = at;
  const name = labelNameAt.exec(line)?.[1];
  const quote = name === undefined ? -1 : closingQuote(line, labelNameAt.lastIndex);
  if (name === undefined || quote < 0) return undefined;
  const value = unescapeLabel(line.slice(labelNameAt.lastIndex, quote));
  commaAt.lastIndex = quote + 1;
  const comma = commaAt.exec(line)?.[1];
  const next = commaAt.lastIndex;
  return comma === ',' || line[next] === '}' ? { name, value, next } : undefined;
}

function unescapeLabel(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(.)/g, (all, character: string) => {
    if (character === 'n') return '\n';
    return character === '\\' || character === '"' ? character : all;
  });
}

function splitExemplar(rest: string, format: TextFormat): [string, string | undefined] {
  const hash = format === 'openmetrics' ? rest.indexOf('#') : -1;
  return hash < 0 ? [rest, undefined] : [rest.slice(0, hash), rest.slice(hash + 1).trim()];
}

/** A value and perhaps a timestamp, for a sample and for an exemplar alike. */
function takeReading(
  text: string,
  format: TextFormat,
): { value: number; timestampMs?: number } | string {
  const parts = text.trim().split(/\s+/);
  const [valueText = '', timeText] = parts;
  if (parts.length > 2) return 'a sample has a value and at most a timestamp';
  const value = parseNumber(valueText);
  if (value === undefined) return `value ${JSON.stringify(valueText.slice(0, 40))} is not a number`;
  if (timeText === undefined) return { value };
  const time = parseNumber(timeText);
  if (time === undefined || !Number.isFinite(time)) {
    return `timestamp ${JSON.stringify(timeText.slice(0, 40))} is not a number`;
  }
  // OpenMetrics counts seconds, text 0.0.4 milliseconds.
  return { value, timestampMs: format === 'openmetrics' ? Math.round(time * 1000) : time };
}

function parseExemplar(text: string, format: TextFormat): Exemplar | string {
  const labels = text.startsWith('{') ? takeLabels(text, 0) : 'an exemplar starts with labels';
  if (typeof labels === 'string') return labels;
  const reading = takeReading(text.slice(labels.next), format);
  return typeof reading === 'string' ? reading : { labels: labels.labels, ...reading };
}

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const special = /^([+-]?)(inf|infinity|nan)$/i;

function parseNumber(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  const match = special.exec(text);
  if (!match) return undefined;
  if (match[2]?.toLowerCase() === 'nan') return Number.NaN;
  return match[1] === '-' ? -Infinity : Infinity;
}
