import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { language, texts } from '../i18n/language.ts';

/** Why a promise cannot be measured properly, and what to do; nothing when it can. */
export function StateNote({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  if (status.state === 'ok') return null;
  const ownWords = language.value === 'en';
  const cause = (ownWords && status.cause) || t.stateCause[status.state];
  const fix = (ownWords && status.fix) || t.stateFix[status.state];
  return (
    <dl class={`state-note state-${status.state}`}>
      <dt>{t.stateColumn}</dt>
      <dd class="state-name">{t.state[status.state]}</dd>
      <dt>{t.cause}</dt>
      <dd>
        {cause}
        {ownWords || status.cause === null ? null : <small lang="en">{status.cause}</small>}
      </dd>
      <dt>{t.fix}</dt>
      <dd>
        {fix}
        {ownWords || status.fix === null ? null : <small lang="en">{status.fix}</small>}
      </dd>
    </dl>
  );
}
