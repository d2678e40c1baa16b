import { formatBurnRate } from '@sprout/objectives/figure';
import type { BurnRateAnswer } from '@sprout/slo-service/api';
import { formatCount } from '../format/count.ts';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { windowSeconds } from '../place/range.ts';
import { DataTable } from '../widget/data-table.tsx';
import { Shape } from '../widget/shape.tsx';

/** Burn rates of all windows against the thresholds of their alerts. */
export function BurnTable({ burnRates }: { readonly burnRates: readonly BurnRateAnswer[] }) {
  const t = texts();
  const count = (value: number) => formatCount(value, locale());
  return (
    <section class="card" aria-labelledby="burn-title">
      <h2 id="burn-title">{t.burnTitle}</h2>
      <p class="quiet">{t.burnText}</p>
      <DataTable
        caption={t.burnTitle}
        rows={burnRates}
        rowKey={(rate) => rate.window}
        columns={[
          {
            name: t.burnWindow,
            cell: ({ window, simulated, approximate }) =>
              `${spellSpan(windowSeconds(window), locale())}${simulated ? ` (${t.simulatedBand})` : ''}${approximate ? ` (${t.approximateBand})` : ''}`,
          },
          { name: t.burnRate, cell: (rate) => formatBurnRate(rate.burnRate), number: true },
          { name: t.threshold, cell: (rate) => formatBurnRate(rate.threshold), number: true },
          { name: t.burnVerdict, cell: (rate) => <Against rate={rate} /> },
          {
            name: t.badOfValid,
            cell: (rate) => `${count(rate.bad)} / ${count(rate.valid)}`,
            number: true,
          },
        ]}
      />
    </section>
  );
}

function Against({ rate }: { readonly rate: BurnRateAnswer }) {
  const t = texts();
  if (rate.threshold === null) return <span class="quiet">{t.burnNoThreshold}</span>;
  const above = rate.burnRate !== null && rate.burnRate > rate.threshold;
  const kind = rate.burnRate === null ? 'unknown' : above ? 'broken' : 'kept';
  return (
    <span class={`mark mark-${kind}`}>
      <Shape kind={kind} />
      {rate.burnRate === null ? t.verdict.unknown : above ? t.burnAbove : t.burnBelow}
    </span>
  );
}
