import { useEffect } from 'preact/hooks';
import { locale, texts } from '../i18n/language.ts';
import { changeQuery } from '../place/place.ts';
import { shiftTime } from '../shell/shortcuts.ts';
import { monthName, shiftMonth } from './month.ts';

/** Steps through the months (`[` and `]`); none lies in the future. */
export function MonthBar({ month, last }: { readonly month: string; readonly last: string }) {
  const t = texts();
  const go = (by: -1 | 1) => {
    const next = shiftMonth(month, by);
    if (next <= last) changeQuery({ month: next === last ? null : next }, 'push');
  };
  useEffect(() => {
    shiftTime.value = go;
    return () => (shiftTime.value = undefined);
  }, [month, last]);
  return (
    <div class="range-bar no-print">
      <div class="range-steps">
        <button type="button" class="button" aria-label={t.earlier} onClick={() => go(-1)}>
          ←
        </button>
        <b class="month-name">{monthName(month, locale())}</b>
        <button
          type="button"
          class="button"
          aria-label={t.later}
          disabled={month >= last}
          onClick={() => go(1)}
        >
          →
        </button>
      </div>
    </div>
  );
}
