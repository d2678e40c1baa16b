/**
 * Fills in the few template expressions that our alerts use: `{{ $labels.x }}`,
 * `{{ reReplaceAll "^.*;" "" $labels.x }}`, `{{ $value | printf "%.2f" }}` with `f` or `g`,
 * `{{ $value | humanizeDuration }}`, and what is said where a query finds nothing, as in a test that
 * has the series of its rule alone.
 */
export function fillTemplate(
  text: string,
  labels: Readonly<Record<string, string>>,
  value: number,
): string {
  return text
    .replaceAll(/\{\{ with query .*\{\{ else \}\}(.*)\{\{ end \}\}/g, '$1')
    .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '')
    .replaceAll(
      /\{\{ reReplaceAll "(.*?)" "(.*?)" \$labels\.(\w+) \}\}/g,
      (_, pattern: string, by: string, label: string) =>
        (labels[label] ?? '').replaceAll(new RegExp(pattern, 'g'), by),
    )
    .replaceAll('{{ $value | humanizeDuration }}', () => duration(value))
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

/** As Prometheus writes it: `2h 0m 0s`, negative times with a minus in front. */
function duration(seconds: number): string {
  const [sign, rest] = seconds < 0 ? ['-', Math.floor(-seconds)] : ['', Math.floor(seconds)];
  const parts = [
    [Math.floor(rest / 86_400), 'd'],
    [Math.floor(rest / 3600) % 24, 'h'],
    [Math.floor(rest / 60) % 60, 'm'],
    [rest % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first < 0 ? 3 : first).map(([count, unit]) => `${count}${unit}`);
  return sign + shown.join(' ');
}
