import type { LogLine } from '../../store/log-line.ts';
import { certainWords } from '../../store/word-filter.ts';
import type { LogQuery, Stage } from './query.ts';

/** A line that passed, with the fields its stages parsed out of it. */
export interface Entry extends LogLine {
  readonly parsed: Readonly<Record<string, string>>;
}

/** Runs a query's stages over lines of matching streams; undefined for a line that is left out. */
export function pipelineOf(query: LogQuery): (line: LogLine) => Entry | undefined {
  return (line) => {
    let parsed: Readonly<Record<string, string>> = {};
    for (const stage of query.stages) {
      if (stage.stage === 'json') parsed = { ...parsed, ...jsonFields(line) };
      else if (!passes(stage, line, parsed)) return undefined;
    }
    return { ...line, parsed };
  };
}

/** Whether a stream's labels meet the selector. */
export function matchesStream(query: LogQuery, labels: Readonly<Record<string, string>>): boolean {
  return query.matchers.every((matcher) => matcher.test(labels[matcher.label] ?? ''));
}

/** Words that every line that passes certainly has. */
export function wordsOf(query: LogQuery): string[] {
  return query.stages.flatMap((stage) =>
    stage.stage === 'line' && stage.op === '|=' && stage.texts.length === 1
      ? certainWords(stage.texts[0] ?? '')
      : [],
  );
}

/** All labels of an entry: the stream's, the structured metadata's, the parsed ones. */
export function labelsOf(entry: Entry): Record<string, string> {
  return { ...entry.labels, ...entry.metadata, ...entry.parsed };
}

function passes(
  stage: Exclude<Stage, { stage: 'json' }>,
  line: LogLine,
  parsed: Readonly<Record<string, string>>,
): boolean {
  if (stage.stage === 'line') return stage.test(line.line);
  const { label } = stage.matcher;
  return stage.matcher.test(parsed[label] ?? line.metadata[label] ?? line.labels[label] ?? '');
}

/** Levels of nesting that become labels; deeper values are left out. */
const depthMax = 4;

/** Fields of a JSON line, nested names joined by `_`; a name that is a label gets `_extracted`. */
function jsonFields(line: LogLine): Record<string, string> {
  const fields: Record<string, string> = {};
  const value = parseObject(line.line);
  if (value === undefined) return { __error__: 'JSONParserErr' };
  flatten(fields, '', value, 0);
  const taken = (name: string) => name in line.labels || name in line.metadata;
  return Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [taken(name) ? `${name}_extracted` : name, text]),
  );
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // Not JSON: the line stays, marked by __error__ as in Loki.
    return undefined;
  }
}

function flatten(to: Record<string, string>, prefix: string, value: object, depth: number): void {
  if (depth >= depthMax || Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = `${prefix}${key.replace(/[^a-zA-Z0-9_]/g, '_')}`;
    if (typeof inner === 'object' && inner !== null) flatten(to, `${name}_`, inner, depth + 1);
    else if (inner !== null) to[name] = String(inner);
  }
}
