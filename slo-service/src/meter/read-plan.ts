import { selector } from '@sprout/query';
import type { CounterSelection } from '@sprout/signals';
import { literalsOf, matchesAll } from './matching.ts';
import type { SampleRun } from './reading.ts';

type Matcher = CounterSelection['matchers'][number];

/**
 * One query that answers several selections which differ in the value of one label; by that label
 * each series of the answer finds its selection. It reads no series that none of them asked for.
 */
export interface PlannedQuery {
  /** The label, `__name__` included; undefined for a query of a single selection. */
  readonly label: string | undefined;
  /** What all its selections share. */
  readonly matchers: readonly Matcher[];
  /** Value of the label → selector text. */
  readonly selections: ReadonlyMap<string, string>;
}

/** A selection that is part of another one which is read anyway. */
export interface DerivedSelection {
  readonly selector: string;
  readonly from: string;
  readonly matchers: readonly Matcher[];
}

/** What must be asked to read a set of selections, every series once. */
export interface ReadPlan {
  readonly queries: readonly PlannedQuery[];
  readonly derived: readonly DerivedSelection[];
}

/** Selections that one query may answer. */
const selectionsPerQueryMax = 100;

/** Joins selections into few queries, and leaves out those that are part of another. */
export function planReading(selections: ReadonlyMap<string, CounterSelection>): ReadPlan {
  const derived = derive(selections);
  const left = [...selections].filter(([text]) => !derived.some(({ selector: d }) => d === text));
  return { queries: join(left), derived };
}

/** Few queries whose series are counted instead of read; parts of others are counted too. */
export const planCounting = (selections: ReadonlyMap<string, CounterSelection>): PlannedQuery[] =>
  join([...selections]);

/** The PromQL of a query, or of a part of its values. */
export function queryText(query: PlannedQuery, values = [...query.selections.keys()]): string {
  if (query.label === undefined) return [...query.selections.values()][0] ?? '';
  const [value = ''] = values;
  const varying: Matcher =
    values.length === 1
      ? { label: query.label, op: '=', value }
      : { label: query.label, op: '=~', value: values.map(escapeRegex).join('|') };
  return selectorOf([...query.matchers, varying]);
}

/** The series of a wider selection that a narrower one asks for. */
export function narrowTo({ matchers }: DerivedSelection, runs: readonly SampleRun[]): SampleRun[] {
  const isWanted = matchesAll(matchers);
  return runs.filter(({ labels }) => isWanted(labels));
}

function join(selections: readonly (readonly [string, CounterSelection])[]): PlannedQuery[] {
  const sizes = new Map<string, number>();
  for (const [, selection] of selections) {
    for (const { key } of waysToJoin(selection)) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const best = ([, selection]: readonly [string, CounterSelection]) =>
    waysToJoin(selection).reduce((a, b) =>
      (sizes.get(b.key) ?? 0) > (sizes.get(a.key) ?? 0) ? b : a,
    );
  const groups = Map.groupBy(selections, (one) => best(one).key);
  return Array.from(groups.values()).flatMap((group) => {
    const first = group[0];
    if (first === undefined) return [];
    if (group.length === 1) return [single(first[0])];
    const { label, rest } = best(first);
    const valueOf = (one: CounterSelection) =>
      named(one).find((matcher) => matcher.label === label)?.value ?? '';
    const byValue = group.map(([text, one]) => [valueOf(one), text] as const);
    return chunksOf(byValue).map((chunk) => ({
      label,
      matchers: rest,
      selections: new Map(chunk),
    }));
  });
}

const single = (text: string): PlannedQuery => ({
  label: undefined,
  matchers: [],
  selections: new Map([['', text]]),
});

/** A selection without one of its exact matchers, for each of them; the metric's name comes last. */
function waysToJoin(selection: CounterSelection) {
  const all = named(selection);
  return all
    .filter(({ op }) => op === '=')
    .map(({ label }) => {
      const rest = all.filter((matcher) => matcher.label !== label);
      return { label, rest, key: `${label} ${selectorOf(rest)}` };
    });
}

/** The metric's name is a label like any other. */
function named({ metric, matchers }: CounterSelection): readonly Matcher[] {
  return [...matchers, { label: '__name__', op: '=', value: metric }];
}

function selectorOf(matchers: readonly Matcher[]): string {
  const name = matchers.find(({ label, op }) => label === '__name__' && op === '=')?.value;
  if (name !== undefined) {
    const others = matchers.filter(({ label }) => label !== '__name__');
    return selector({ metric: name, matchers: others }).text;
  }
  return selector({ metric: '', matchers }).text;
}

/** Selections with one or two matchers more than another one, which can be judged here. */
function derive(selections: ReadonlyMap<string, CounterSelection>): DerivedSelection[] {
  const derived = new Map<string, DerivedSelection>();
  for (const [text, selection] of selections) {
    const found = wider(selection, selections);
    if (found !== undefined) derived.set(text, { selector: text, ...found });
  }
  // Out of what is itself derived nothing is derived, so that one step is enough.
  return [...derived.values()].map((one) => rooted(one, derived));
}

function rooted(
  one: DerivedSelection,
  derived: ReadonlyMap<string, DerivedSelection>,
): DerivedSelection {
  const parent = derived.get(one.from);
  if (parent === undefined) return one;
  return rooted(
    { ...one, from: parent.from, matchers: [...one.matchers, ...parent.matchers] },
    derived,
  );
}

function wider(
  { metric, matchers }: CounterSelection,
  selections: ReadonlyMap<string, CounterSelection>,
): Pick<DerivedSelection, 'from' | 'matchers'> | undefined {
  for (const [first, one] of matchers.entries()) {
    for (let second = first; second < matchers.length; second++) {
      const extra = first === second ? [one] : [one, ...matchers.slice(second, second + 1)];
      if (!extra.every((matcher) => literalsOf(matcher) !== undefined)) continue;
      const rest = matchers.filter((matcher) => !extra.includes(matcher));
      const from = selector({ metric, matchers: rest }).text;
      if (selections.has(from)) return { from, matchers: extra };
    }
  }
  return undefined;
}

function chunksOf<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / selectionsPerQueryMax);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * selectionsPerQueryMax, (index + 1) * selectionsPerQueryMax),
  );
}

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
