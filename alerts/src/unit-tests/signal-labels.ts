import { labelsKept, serviceLabel } from '../signal-rules/condition.ts';
import type { CompiledHint, CompiledSignal } from '../signal-rules/compiled.ts';

export type Labels = Readonly<Record<string, string>>;
type Where = NonNullable<CompiledHint['where']>;

/** Labels of a series that an alert looks at: of the target, of the signal, and as the hint asks. */
export function watchedLabels(signal: CompiledSignal, hint: CompiledHint): Labels {
  const own = signal.kind === 'metric' ? Object.entries(signal.labels) : [];
  return {
    ...targetLabels,
    ...(signal.kind === 'log' && { [serviceLabel(signal)]: 'some-service' }),
    ...Object.fromEntries(
      own.map(([label, values]) => [label, values === 'any' ? someOf(label) : (values[0] ?? '')]),
    ),
    ...fitting(hint.where),
  };
}

/** Prometheus calls a group by its file too; texts must tell the name alone. */
const someOf = (label: string): string =>
  label === 'rule_group' ? '/some/rules.yml;some-group' : 'some';

/** Labels of what it is divided by: those that both are summed by, and what the hint asks of it. */
export function divisorLabels(signal: CompiledSignal, hint: CompiledHint, watched: Labels): Labels {
  const { against } = hint;
  const where = against !== undefined && 'signal' in against ? against.where : undefined;
  const shared = (labelsKept(signal, hint) ?? []).flatMap((label) =>
    watched[label] === undefined ? [] : [[label, watched[label]] as const],
  );
  return { ...targetLabels, ...Object.fromEntries(shared), ...fitting(where) };
}

/** The same series in all but one label that the alert narrows down: it must not be looked at. */
export function decoyLabels(signal: CompiledSignal, hint: CompiledHint, watched: Labels): Labels[] {
  return Object.entries(hint.where ?? {}).map(([label, wanted]) => {
    const values = signal.kind === 'metric' ? signal.labels[label] : undefined;
    const closed = Array.isArray(values) ? values : [];
    const other = [...closed, `not-${label}`].find((value) => !fits(value, wanted));
    if (other === undefined) throw new RangeError(`${hint.name}: every value of ${label} fits`);
    return { ...watched, [label]: other };
  });
}

/** Labels that an alert takes over from its series. */
export function inheritedLabels(signal: CompiledSignal, hint: CompiledHint, watched: Labels) {
  const kept = labelsKept(signal, hint);
  if (kept === undefined) return watched;
  return Object.fromEntries(
    kept.flatMap((label) => (watched[label] === undefined ? [] : [[label, watched[label]]])),
  );
}

const targetLabels: Labels = {
  job: 'some-service',
  instance: '127.0.0.1:1',
  service: 'some-service',
};

/** One value for each label of a condition. */
function fitting(where: Where = {}): Labels {
  return Object.fromEntries(
    Object.entries(where).map(([label, wanted]) => {
      const candidates =
        typeof wanted === 'string'
          ? [wanted]
          : 'matching' in wanted
            ? spelled(wanted.matching)
            : wanted;
      const value = candidates.find((candidate) => fits(candidate, wanted));
      if (value === undefined) throw new RangeError(`no example for ${JSON.stringify(wanted)}`);
      return [label, value];
    }),
  );
}

/** Texts that a simple pattern may match: alternatives, with something in place of wildcards. */
const spelled = (pattern: string): string[] =>
  pattern
    .replaceAll(/[()]/g, '')
    .split('|')
    .map((part) =>
      part
        .replaceAll(/\.[+*]/g, 'x')
        .replaceAll('.', '0')
        .replaceAll('\\', ''),
    );

function fits(value: string, wanted: Where[string]): boolean {
  if (typeof wanted === 'string') return value === wanted;
  if ('matching' in wanted) return new RegExp(`^(?:${wanted.matching})$`).test(value);
  return wanted.includes(value);
}
