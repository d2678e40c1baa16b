import { nodesIn, parseDuration } from '@sprout/query';
import type { KnownLabels, PromqlNode } from '@sprout/query';
import { queryCheck } from './query-check.ts';

const scrapeSeconds = 15;
/** Of a label whose values are not a closed list, and of each further one: they go together. */
const valuesOfOpenLabel = 10;
const valuesOfFurtherLabel = 2;
const bucketsOfHistogram = 15;
/** Prometheus reads some million samples per second of one core: about a hundredth of it. */
const samplesPerSecondMax = 20_000;

export const cost = queryCheck({
  name: 'promql-cost',
  summary: `An expression that reads more than ${samplesPerSecondMax} samples per second of its interval.`,
  why: 'A rule is evaluated all day long and a panel once for each of its points; such a one slows all others.',
  fix: 'Record the inner aggregation and read the recording; narrow the selector; shorten the window; evaluate it seldom.',
  bad: 'sum(rate(request_duration_seconds_bucket[30d])) > 1',
  messages: ({ tree, everySeconds }, { known }) => {
    const samplesPerSecond = Math.round(samplesOf(tree, known) / everySeconds);
    return samplesPerSecond > samplesPerSecondMax
      ? [`it reads about ${samplesPerSecond} samples per second`]
      : [];
  },
});

/** Samples that one evaluation reads: series by their labels, times samples in the window. */
function samplesOf(tree: PromqlNode, known: KnownLabels): number {
  const windows = nodesIn(tree).filter(({ kind }) => kind === 'MatrixSelector');
  return windows
    .map(({ text, parts }) => {
      const window = /\[(\w+)\]$/.exec(text)?.[1] ?? '0s';
      const [selector] = parts;
      const series = selector === undefined ? 1 : seriesOf(selector, known);
      return (series * parseDuration(window)) / scrapeSeconds;
    })
    .reduce((sum, samples) => sum + samples, 0);
}

function seriesOf({ parts }: PromqlNode, known: KnownLabels): number {
  const metric = parts[0]?.text.replace(/_(bucket|count|sum)$/, '') ?? '';
  const signal = known.signals.find(({ name }) => name === metric || name === parts[0]?.text);
  const pinned = new Set(
    (parts[1]?.parts ?? []).flatMap(({ parts: [label, operator] }) =>
      operator?.text === '=' ? (label?.text ?? []) : [],
    ),
  );
  const labels = Object.entries(signal?.labels ?? {}).filter(([label]) => !pinned.has(label));
  const open = labels.filter(([, values]) => values === 'any').length;
  const anyValues = open === 0 ? 1 : valuesOfOpenLabel * valuesOfFurtherLabel ** (open - 1);
  const buckets = parts[0]?.text.endsWith('_bucket') === true ? bucketsOfHistogram : 1;
  return labels.reduce(
    (product, [, values]) => product * (values === 'any' ? 1 : values.length),
    anyValues * buckets,
  );
}
