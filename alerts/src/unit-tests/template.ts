/**
 * Fills in the few template expressions that our alerts use: `{{ $labels.x }}` and
 * `{{ $value | printf "%.2f" }}` with `f` or `g`.
 */
export function fillTemplate(
  text: string,
  labels: Readonly<Record<string, string>>,
  value: number,
): string {
  return text
    .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '')
    .replaceAll(/\{\{ \$value \| printf "%\.(\d)([fg])" \}\}/g, (_, digits: string, verb: string) =>
      verb === 'f' ? value.toFixed(Number(digits)) : shortest(value, Number(digits)),
    );
}

/** Fills in every value of labels or annotations. */
export function fillAll(
  texts: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
  value: number,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fillTemplate(text, labels, value)]),
  );
}

const shortest = (value: number, digits: number) => String(Number(value.toPrecision(digits)));
