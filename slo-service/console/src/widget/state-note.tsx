import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';

/** Why a promise cannot be measured properly, and what to do; nothing when it can. */
export function StateNote({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  if (status.state === 'ok') return null;
  return (
    <dl class={`state-note state-${status.state}`}>
      <dt>{t.stateColumn}</dt>
      <dd class="state-name">{t.state[status.state]}</dd>
      <dt>{t.cause}</dt>
      <dd>{status.cause}</dd>
      <dt>{t.fix}</dt>
      <dd>{status.fix}</dd>
    </dl>
  );
}
