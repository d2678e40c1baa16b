import type { BudgetAnswer } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { minuteText } from '../state/clock.ts';

/** Says that figures rest on history that never happened; nothing when all of it was measured. */
export function Simulated({ of }: { readonly of: BudgetAnswer['simulated'] }) {
  const t = texts();
  if (!of) return null;
  return (
    <p class="marked">
      <b>{t.simulated}</b> {t.simulatedText(minuteText(of.from), minuteText(of.to))}
    </p>
  );
}
