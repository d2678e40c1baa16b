import type { Rule, RuleGroup } from './rule.ts';

/**
 * Mimir and Grafana Cloud refuse a longer group (`ruler_max_rules_per_rule_group`, 20 unless an
 * operator raises it), and more than 70 groups of a tenant: so they are filled.
 */
export const rulesPerGroupMax = 20;

/**
 * Groups of rules that are evaluated as often: the first bears the name, the next `<name>-2`. The
 * rules of one bundle stay in one group, as far as they fit into any, and so see each other's
 * newest results.
 */
export function packed(
  { name, intervalSeconds }: Omit<RuleGroup, 'rules'>,
  bundles: readonly (readonly Rule[])[],
): RuleGroup[] {
  const groups: Rule[][] = [];
  for (const piece of bundles.flatMap(inPieces)) {
    const last = groups.at(-1);
    if (last && last.length + piece.length <= rulesPerGroupMax) last.push(...piece);
    else groups.push([...piece]);
  }
  return groups.map((rules, index) => ({
    name: index === 0 ? name : `${name}-${index + 1}`,
    intervalSeconds,
    rules,
  }));
}

function inPieces(bundle: readonly Rule[]): readonly (readonly Rule[])[] {
  const count = Math.ceil(bundle.length / rulesPerGroupMax);
  return Array.from({ length: count }, (_, index) =>
    bundle.slice(index * rulesPerGroupMax, (index + 1) * rulesPerGroupMax),
  );
}
