import type { Remark } from '../remark.ts';
import type { Findings } from './findings.ts';
import type { Path } from './documents.ts';
import { problem } from './words/problems.ts';
import { unsaid } from './words/unsaid.ts';

/** What Sprout says beyond OpenSLO stands in annotations of this prefix. */
const prefix = 'sprout.dev/';

const known = {
  SLO: [
    'owner',
    'window',
    'pages',
    'alerts',
    'page-group',
    'depends-on',
    'no-traffic',
    'name',
    'name-ko',
    'title-ko',
  ],
  SLI: ['kind', 'threshold-seconds', 'total-services', 'good-services', 'bad-services'],
} as const;

type Annotations = Readonly<Record<string, string>> | undefined;

/** Annotations of the values that are given; none at all when there are none. */
export function annotate<K extends keyof typeof known>(
  _kind: K,
  values: { readonly [N in (typeof known)[K][number]]?: string | undefined },
): { readonly annotations?: Record<string, string> } {
  const given = Object.entries<string | undefined>(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[prefix + name, value]],
  );
  return given.length === 0 ? {} : { annotations: Object.fromEntries(given) };
}

/** Reads Sprout's annotations, and names those of others. */
export function annotationReader<K extends keyof typeof known>(
  kind: K,
  annotations: Annotations,
  at: Path,
  findings: Findings,
) {
  const names: readonly string[] = known[kind];
  for (const key of Object.keys(annotations ?? {})) {
    if (key.startsWith(prefix) && names.includes(key.slice(prefix.length))) continue;
    findings.unsaid([...at, key], unsaid('ANNOTATION', { key }));
  }
  const text = (name: (typeof known)[K][number]) => annotations?.[prefix + name];
  return {
    text,
    /** One of some words; anything else is a problem. */
    choice: <T extends string>(name: (typeof known)[K][number], words: readonly T[]) => {
      const value = text(name);
      const word = words.find((each) => each === value);
      if (value !== undefined && word === undefined) {
        const wrong = problem('CHOICE_UNKNOWN', { value, choices: words });
        findings.problem([...at, prefix + name], wrong);
      }
      return word;
    },
    wrong: (name: (typeof known)[K][number], message: Remark) =>
      findings.problem([...at, prefix + name], message),
  };
}
