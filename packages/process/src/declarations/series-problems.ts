import { goodWithin } from '@sprout/objectives';
import type { Objective, Remark } from '@sprout/objectives';
import type { CounterSelection, Matcher } from '@sprout/signals';
import { suggest } from '../cli/suggest.ts';
import type { DeclarationProblem, Watched, WatchedSignal } from './problem.ts';
import { fix, wrong } from './words.ts';

/** Labels that scraping adds to every series. */
const targetLabels = ['service', 'job', 'instance'];

/** Services, signals, labels, label values and buckets that do not exist. */
export function seriesProblems(objective: Objective, watched: Watched): DeclarationProblem[] {
  const { id, sli } = objective;
  const parts = (['valid', 'good', 'bad'] as const).flatMap((part) =>
    (sli[part] ?? []).map((selection) => ({ path: `sli.${part}`, selection })),
  );
  const found = [
    ...parts.flatMap(({ path, selection }) =>
      selectionProblems(selection, watched).map((problem) => ({ objective: id, path, ...problem })),
    ),
    ...formerProblems(objective, watched),
    ...(sli.up ?? []).flatMap((service) =>
      serviceProblems(service, watched, (known) =>
        wrong('SERVICE_UNKNOWN', { service, known }),
      ).map((problem) => ({ objective: id, path: 'sli.up', ...problem })),
    ),
  ];
  // The same series often stand in `valid` and in `bad`; one telling is enough.
  return [...new Map(found.map((problem) => [problem.what.en, problem])).values()];
}

/** Former thresholds that were no bucket, or that are said of something that has none. */
function formerProblems({ id, sli, before }: Objective, watched: Watched): DeclarationProblem[] {
  return before.flatMap(({ withinMs }, index) => {
    if (withinMs === undefined) return [];
    const path = `before[${index}].withinMs`;
    if (sli.thresholdSeconds === undefined) {
      const what = wrong('THRESHOLD_ABSENT', { id, withinMs });
      return [{ objective: id, path, what, fix: fix('ONLY_LATENCY') }];
    }
    return goodWithin(sli.good ?? [], withinMs / 1000).flatMap((selection) =>
      selectionProblems(selection, watched).map((problem) => ({ objective: id, path, ...problem })),
    );
  });
}

type Problem = Pick<DeclarationProblem, 'what' | 'fix'>;

function selectionProblems(selection: CounterSelection, watched: Watched): Problem[] {
  const { metric, matchers, service } = selection;
  const ofService = serviceProblems(service, watched, (known) =>
    wrong('SERVICE_OF_METRIC_UNKNOWN', { metric, service, known }),
  );
  const signal = signalOf(metric, watched.signals);
  if (signal === undefined) return [...ofService, unknownSignal(metric, watched.signals)];
  return [
    ...ofService,
    ...matchers.flatMap((matcher) =>
      matcher.label === 'le' && metric.endsWith('_bucket')
        ? bucketProblems(signal, matcher)
        : labelProblems(signal, matcher),
    ),
  ];
}

function serviceProblems(
  service: string,
  { services }: Watched,
  what: (known: readonly string[]) => Remark,
): Problem[] {
  if (service === 'any' || services.includes(service)) return [];
  const near = suggest(service, services);
  return [
    {
      what: what(services),
      fix: near === undefined ? fix('ADD_TO', { list: 'services' }) : meant(near),
    },
  ];
}

const meant = (near: string): Remark => fix('DID_YOU_MEAN', { near: `"${near}"` });

/** The signal that a counter belongs to: itself, or a part of a histogram. */
export function signalOf(
  metric: string,
  signals: readonly WatchedSignal[],
): WatchedSignal | undefined {
  const own = signals.find(({ name, type }) => name === metric && type !== 'histogram');
  if (own !== undefined) return own;
  const base = metric.replace(/_(count|sum|bucket)$/, '');
  return signals.find(({ name, type }) => type === 'histogram' && name === base && name !== metric);
}

function unknownSignal(metric: string, signals: readonly WatchedSignal[]): Problem {
  const names = signals.flatMap(({ name, type }) =>
    type === 'histogram' ? [`${name}_count`, `${name}_bucket`] : [name],
  );
  const near = suggest(metric, names);
  return {
    what: wrong('SIGNAL_UNKNOWN', { metric }),
    fix: near === undefined ? fix('ADD_TO', { list: 'signals' }) : fix('DID_YOU_MEAN', { near }),
  };
}

function bucketProblems({ name, buckets = [] }: WatchedSignal, { op, value }: Matcher): Problem[] {
  if (op !== '=' || buckets.includes(Number(value)) || value === '+Inf') return [];
  return [
    {
      what: wrong('BUCKET_UNKNOWN', { signal: name, bound: value, buckets }),
      fix: fix('CHOOSE_BUCKET'),
    },
  ];
}

function labelProblems({ kind, name, labels }: WatchedSignal, matcher: Matcher): Problem[] {
  const { label, op, value } = matcher;
  if (targetLabels.includes(label) || kind === 'log' || labels === undefined) return [];
  const known = labels[label];
  const names = [...Object.keys(labels), ...targetLabels];
  if (known === undefined) {
    const near = suggest(label, names);
    return [
      {
        what: wrong('LABEL_UNKNOWN', { signal: name, label }),
        fix: near === undefined ? fix('LABELS_ARE', { known: names }) : meant(near),
      },
    ];
  }
  if (known === 'any') return [];
  return valuesOf(op, value)
    .filter((each) => !known.includes(each))
    .map((each) => ({
      what: wrong('LABEL_VALUE_UNKNOWN', { signal: name, label, value: each }),
      fix: fix('VALUES_ARE', { known }),
    }));
}

/** The values that a matcher names: one, or several quoted ones joined by `|`. */
function valuesOf(op: Matcher['op'], value: string): string[] {
  if (!op.endsWith('~')) return [value];
  const parts = value.split('|');
  // A pattern is more than a list of values; what it matches cannot be told here.
  if (parts.some((part) => /(?<!\\)[.*+?^${}()[\]]/.test(part))) return [];
  return parts.map((part) => part.replaceAll(/\\(.)/g, '$1'));
}
