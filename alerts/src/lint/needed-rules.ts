import { selects, selectorsIn } from '@sprout/query';
import type { ReadSelector } from '@sprout/query';
import type { Rule, RuleGroup } from '../rule/rule.ts';
import type { UnitTest } from '../unit-tests/promtool-test.ts';

/**
 * The rules that decide whether a test passes: alerts of the names it expects that read its
 * series, and the recordings between. promtool evaluates every rule it is given at every step of
 * a test; rules that read none of its series have nothing to say.
 */
export function neededRules(groups: readonly RuleGroup[], test: UnitTest): RuleGroup[] {
  const all = groups.flatMap(({ rules }) => rules);
  const names = new Set(test.expectations.map(({ alertname }) => alertname));
  const given = test.series.flatMap(({ series }) => selectorsIn(series).map(seriesOf));
  const reads = reachable(all, (selector) => given.some((series) => selects(selector, series)));
  const needed = new Set(
    all.filter((rule) => rule.kind === 'alert' && names.has(rule.alert) && reads.has(rule)),
  );
  // A set may grow while it is walked: what is added is visited too.
  for (const rule of needed) {
    for (const selector of selectorsOf(rule)) {
      for (const source of recordingsOf(selector, all)) if (reads.has(source)) needed.add(source);
    }
  }
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => needed.has(rule)) }))
    .filter(({ rules }) => rules.length > 0);
}

/** Rules that read what is given, directly or through recordings, or that read nothing at all. */
function reachable(
  rules: readonly Rule[],
  isGiven: (selector: ReadSelector) => boolean,
): Set<Rule> {
  const found = new Set(
    rules.filter((rule) => selectorsOf(rule).length === 0 || selectorsOf(rule).some(isGiven)),
  );
  for (let before = -1; before < found.size;) {
    before = found.size;
    const reached = [...found];
    for (const rule of rules) {
      const sees = (selector: ReadSelector) => recordingsOf(selector, reached).length > 0;
      if (!found.has(rule) && selectorsOf(rule).some(sees)) found.add(rule);
    }
  }
  return found;
}

/** Recordings whose own labels satisfy a selector; labels of what they read are not known. */
function recordingsOf({ metric, matchers }: ReadSelector, rules: readonly Rule[]): Rule[] {
  return rules.filter(
    (rule) =>
      rule.kind === 'recording' &&
      rule.record === metric &&
      selects(
        { metric, matchers: matchers.filter(({ label }) => rule.labels[label] !== undefined) },
        { metric, labels: rule.labels },
      ),
  );
}

const parsed = new WeakMap<Rule, readonly ReadSelector[]>();

function selectorsOf(rule: Rule): readonly ReadSelector[] {
  const known = parsed.get(rule) ?? selectorsIn(rule.expr.text);
  parsed.set(rule, known);
  return known;
}

const seriesOf = ({ metric, matchers }: ReadSelector) => ({
  metric,
  labels: Object.fromEntries(matchers.map(({ label, value }) => [label, value])),
});
