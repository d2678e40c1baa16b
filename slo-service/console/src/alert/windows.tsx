import { formatBurnRate } from '@sprout/objectives/figure';
import type { BurnRateAnswer, BurnRateList, ObjectiveStatus, Page } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatCount } from '../format/count.ts';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { windowSeconds } from '../place/range.ts';
import { DataTable } from '../widget/data-table.tsx';
import { FailureNotice } from '../widget/notice.tsx';
import { Shape } from '../widget/shape.tsx';
import { windowPair } from './window-pair.ts';

type Touched = Page['objectives'][number];

/** Both windows of an alert against their threshold, when it began and now, in words and figures. */
export function Windows(props: {
  readonly page: Page;
  readonly touched: Touched;
  readonly status: ObjectiveStatus;
}) {
  const t = texts();
  const { page, touched, status } = props;
  const began = useResource<BurnRateList>(urls.burnRatesAt(status.id, page.startedAt), 0);
  const past = began.data && windowPair(touched, status.window, began.data.items);
  const present = windowPair(touched, status.window, status.burnRates);
  const shown = present ?? past;
  if (!shown) return <FailureNotice of={began} what={t.whatBurnRates} />;
  const rows = [
    { name: t.windowLong, now: present?.long, began: past?.long },
    { name: t.windowShort, now: present?.short, began: past?.short },
  ];
  const threshold = formatBurnRate(shown.threshold);
  return (
    <>
      <FailureNotice of={began} what={t.whatBurnRates} />
      <p>{t.windowsRule(spanOf(shown.long), spanOf(shown.short), threshold)}</p>
      <DataTable
        caption={t.windowsTitle}
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { name: t.burnWindow, cell: (row) => `${row.name}: ${spanOf(row.now ?? row.began)}` },
          { name: t.whenItBegan, cell: (row) => rateText(row.began), number: true },
          { name: t.rightNow, cell: (row) => rateText(row.now), number: true },
          { name: t.threshold, cell: () => threshold, number: true },
          {
            name: t.burnVerdict,
            cell: (row) => <Above rate={row.now} threshold={shown.threshold} />,
          },
        ]}
      />
    </>
  );
}

function Above(props: { readonly rate: BurnRateAnswer | undefined; readonly threshold: number }) {
  const t = texts();
  const rate = props.rate?.burnRate ?? null;
  const kind = rate === null ? 'unknown' : rate > props.threshold ? 'broken' : 'kept';
  return (
    <span class={`mark mark-${kind}`}>
      <Shape kind={kind} />
      {{ unknown: t.verdict.unknown, broken: t.burnAbove, kept: t.burnBelow }[kind]}
    </span>
  );
}

function rateText(rate: BurnRateAnswer | undefined): string {
  if (!rate) return '–';
  const count = (value: number) => formatCount(value, locale());
  return `${formatBurnRate(rate.burnRate)} (${count(rate.bad)} / ${count(rate.valid)})`;
}

function spanOf(rate: BurnRateAnswer | undefined): string {
  return rate ? spellSpan(windowSeconds(rate.window), locale()) : '–';
}
