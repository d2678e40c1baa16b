/**
 * Rewrites OpenMetrics text as Prometheus text 0.0.4: exemplars and `# EOF` go, and counters get
 * their `_total` back in `# HELP` and `# TYPE`. prom-client cannot serve both forms from one set of
 * metrics: the first OpenMetrics scrape renames its counters for good.
 */
export function toPrometheusText(openMetrics: string): string {
  const lines = openMetrics.split('\n').filter((line) => line !== '# EOF');
  const counters = new Set(lines.flatMap((line) => counterType.exec(line)?.[1] ?? []));
  return lines.map((line) => toPrometheusLine(line, counters)).join('\n');
}

const counterType = /^# TYPE (\S+) counter$/;
const comment = /^# (HELP|TYPE) (\S+)(.*)$/;
/** A sample up to its exemplar; quoted label values may hold anything, also ` # {`. */
const sampleWithExemplar = /^([\w:]+(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})? \S+) # \{.*$/;

function toPrometheusLine(line: string, counters: ReadonlySet<string>): string {
  if (!line.startsWith('#')) return line.replace(sampleWithExemplar, '$1');
  return line.replace(comment, (whole, word: string, name: string, rest: string) =>
    counters.has(name) ? `# ${word} ${name}_total${rest}` : whole,
  );
}
