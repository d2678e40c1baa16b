/** An objective as it stands in the compiled configuration, as far as the formula needs it. */
export interface DeclaredObjective {
  readonly id: string;
  readonly sli: {
    readonly valid: readonly Selection[];
    readonly good?: readonly Selection[] | undefined;
    readonly bad?: readonly Selection[] | undefined;
  };
}

interface Selection {
  readonly metric: string;
  readonly matchers: readonly {
    readonly label: string;
    readonly op: string;
    readonly value: string;
  }[];
}

/** The terms of an SLI, `valid`, and `good` or `bad`, each as sums of PromQL increases. */
export function formulaTerms(
  declared: DeclaredObjective,
  window: string,
): readonly { readonly name: 'valid' | 'good' | 'bad'; readonly text: string }[] {
  const { valid, good, bad } = declared.sli;
  const term = (name: 'valid' | 'good' | 'bad', selections: readonly Selection[] | undefined) =>
    selections ? [{ name, text: sumOf(selections, window) }] : [];
  return [...term('good', good), ...term('bad', bad), ...term('valid', valid)];
}

/** Finds an objective in the answer of `/api/v1/config`; undefined when it is not there. */
export function findDeclared(config: unknown, id: string): DeclaredObjective | undefined {
  if (typeof config !== 'object' || config === null || !('objectives' in config)) return undefined;
  const { objectives } = config;
  if (!Array.isArray(objectives)) return undefined;
  return objectives.filter(isDeclared).find((declared) => declared.id === id);
}

function isDeclared(value: unknown): value is DeclaredObjective {
  return typeof value === 'object' && value !== null && 'id' in value && 'sli' in value;
}

function sumOf(selections: readonly Selection[], window: string): string {
  return selections.map((one) => `sum(increase(${selectorOf(one)}[${window}]))`).join('\n+ ');
}

function selectorOf({ metric, matchers }: Selection): string {
  if (matchers.length === 0) return metric;
  const inner = matchers.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`);
  return `${metric}{${inner.join(',')}}`;
}
