import type { BudgetAnswer } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { minuteText } from '../state/clock.ts';

/** Says that events are sums of more series than are read one by one; nothing when none are. */
export function Approximate({ of }: { readonly of: BudgetAnswer['approximate'] }) {
  const t = texts();
  if (!of) return null;
  return (
    <p class="marked">
      <b>{t.approximate}</b> {t.approximateText(minuteText(of.from), minuteText(of.to))}
    </p>
  );
}
