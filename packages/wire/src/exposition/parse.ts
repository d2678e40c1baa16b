import { WireError } from '../wire-error.ts';
import type { MetricFamily, MetricSample, MetricType } from './family.ts';
import { parseSample } from './sample.ts';
import type { TextFormat } from './sample.ts';

/**
 * Parses what a target exposes: OpenMetrics 1.0 when `contentType` says so, else Prometheus text 0.0.4.
 *
 * @throws WireError with the line number; as in Prometheus, one bad line fails the scrape.
 */
export function parseExposition(text: string, contentType: string): MetricFamily[] {
  const format: TextFormat = contentType
    .trimStart()
    .toLowerCase()
    .startsWith('application/openmetrics-text')
    ? 'openmetrics'
    : 'prometheus';
  const families = new Families();
  let lineNumber = 0;
  let ended = false;
  for (const line of text.split('\n')) {
    lineNumber++;
    if (ended && line !== '') throw atLine(lineNumber, 'text after # EOF');
    if (format === 'openmetrics' && line.trimEnd() === '# EOF') ended = true;
    else readLine(families, line, format, lineNumber);
  }
  if (format === 'openmetrics' && !ended) throw atLine(lineNumber, 'the text ends without # EOF');
  return families.all();
}

function readLine(families: Families, line: string, format: TextFormat, lineNumber: number): void {
  const trimmed = line.trim();
  if (trimmed === '') return;
  if (trimmed.startsWith('#')) {
    readComment(families, trimmed, lineNumber);
    return;
  }
  const sample = parseSample(trimmed, format);
  if (typeof sample === 'string') throw atLine(lineNumber, sample);
  families.add(sample);
}

const types: ReadonlySet<string> = new Set<MetricType>([
  'counter',
  'gauge',
  'histogram',
  'summary',
  'untyped',
  'unknown',
  'info',
  'stateset',
  'gaugehistogram',
]);
const comment = /^#\s+(TYPE|HELP|UNIT)\s+([^\s]+)(?:\s+(.*))?$/s;

function readComment(families: Families, line: string, lineNumber: number): void {
  const match = comment.exec(line);
  if (!match) return;
  const [, keyword, name = '', rest = ''] = match;
  if (keyword === 'HELP') families.describe(name, { help: unescapeHelp(rest) });
  else if (keyword === 'UNIT') families.describe(name, { unit: rest });
  else if (isType(rest)) families.describe(name, { type: rest });
  else throw atLine(lineNumber, `metric type ${JSON.stringify(rest.slice(0, 40))} is not known`);
}

function isType(text: string): text is MetricType {
  return types.has(text);
}

function unescapeHelp(text: string): string {
  return text.replace(/\\(\\|n|")/g, (_all, character: string) =>
    character === 'n' ? '\n' : character,
  );
}

type Draft = {
  -readonly [Key in Exclude<keyof MetricFamily, 'samples'>]: MetricFamily[Key];
} & { readonly samples: MetricSample[] };

/** Families by name, in the order of their first line. */
class Families {
  readonly #byName = new Map<string, Draft>();
  // Lines of one family follow each other, so the last family is nearly always the right one.
  #lastSampleName = '';
  #lastFamily: Draft | undefined;

  describe(name: string, known: Partial<Pick<Draft, 'type' | 'help' | 'unit'>>): void {
    Object.assign(this.#family(name), known);
    this.#lastFamily = undefined;
  }

  add(sample: MetricSample): void {
    if (!this.#lastFamily || sample.name !== this.#lastSampleName) {
      this.#lastFamily = this.#familyOfSample(sample.name);
      this.#lastSampleName = sample.name;
    }
    this.#lastFamily.samples.push(sample);
  }

  all(): MetricFamily[] {
    return [...this.#byName.values()];
  }

  #familyOfSample(name: string): Draft {
    const exact = this.#byName.get(name);
    if (exact) return exact;
    for (const suffix of suffixes) {
      const family = name.endsWith(suffix)
        ? this.#byName.get(name.slice(0, -suffix.length))
        : undefined;
      if (family && suffixesByType[family.type]?.includes(suffix)) return family;
    }
    return this.#family(name);
  }

  #family(name: string): Draft {
    const known = this.#byName.get(name);
    if (known) return known;
    const family: Draft = { name, type: 'untyped', help: '', unit: '', samples: [] };
    this.#byName.set(name, family);
    return family;
  }
}

const suffixes = ['_bucket', '_sum', '_count', '_total', '_created', '_info', '_gsum', '_gcount'];
const suffixesByType: Readonly<Partial<Record<MetricType, readonly string[]>>> = {
  counter: ['_total', '_created'],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  summary: ['_sum', '_count', '_created'],
  info: ['_info'],
  gaugehistogram: ['_bucket', '_gsum', '_gcount'],
};

function atLine(lineNumber: number, what: string): WireError {
  return new WireError(`undecodable metrics: line ${lineNumber}: ${what}`);
}
