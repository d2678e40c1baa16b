import { texts } from '../i18n/language.ts';
import { Shape } from './shape.tsx';

/** Met or missed, in shape and word. */
export function KeptMark({ left }: { readonly left: number | null }) {
  const t = texts();
  const kind = left === null ? 'unknown' : left < 0 ? 'broken' : 'kept';
  return (
    <span class={`mark mark-${kind}`}>
      <Shape kind={kind} />
      {{ kept: t.met, broken: t.missed, unknown: t.verdict.unknown }[kind]}
    </span>
  );
}
