import type { ObjectiveStatus, Page } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { trustedVerdict } from '@sprout/slo-service/standing';

type Verdict = ObjectiveStatus['verdict'];

/**
 * A verdict that needs no colour: each has a shape of its own (disc with a tick, triangle,
 * octagon with a cross, dashed ring), and its word beside it. A good verdict from measurements
 * that nobody can trust now is not shown as good, but as what was known last.
 */
export function VerdictMark(status: Pick<ObjectiveStatus, 'verdict' | 'state'>) {
  const t = texts();
  const kind = trustedVerdict(status);
  return (
    <span class={`mark mark-${kind}`}>
      <Shape kind={kind} />
      {kind === status.verdict
        ? t.verdict[kind]
        : t.verdictLastKnown(t.state[status.state], t.verdict[status.verdict])}
    </span>
  );
}

/** Firing or resolved, as shape and word. */
export function StatusMark({ status }: { readonly status: Page['status'] }) {
  const verdict = status === 'firing' ? 'broken' : 'kept';
  return (
    <span class={`mark mark-${verdict}`}>
      <Shape kind={verdict} />
      {texts().status[status]}
    </span>
  );
}

/** The bare shape, for places where a word stands next to it. */
export function Shape({ kind }: { readonly kind: Verdict }) {
  return (
    <svg
      class={`shape shape-${kind}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      {drawing[kind]}
    </svg>
  );
}

const drawing = {
  kept: (
    <>
      <circle class="shape-body" cx="8" cy="8" r="7" />
      <path class="shape-sign" d="m4.8 8.3 2.2 2.2 4.2-4.6" />
    </>
  ),
  at_risk: (
    <>
      <path class="shape-body" d="M8 1.2 15.2 14H.8Z" stroke-linejoin="round" />
      <path class="shape-sign" d="M8 6v3.6M8 11.7v.2" />
    </>
  ),
  broken: (
    <>
      <path class="shape-body" d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z" />
      <path class="shape-sign" d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" />
    </>
  ),
  unknown: (
    <>
      <circle class="shape-ring" cx="8" cy="8" r="6.5" />
      <path class="shape-query" d="M6.2 6.4c0-2.5 3.6-2.3 3.6-.2 0 1.4-1.8 1.5-1.8 2.9m0 2v.2" />
    </>
  ),
};
