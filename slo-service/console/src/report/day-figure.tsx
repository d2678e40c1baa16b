import { formatRatio } from '@sprout/objectives/figure';
import type { Report, ReportDay } from '@sprout/slo-service/api';
import { useState } from 'preact/hooks';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import { DataTable } from '../widget/data-table.tsx';
import { Figure } from '../widget/figure.tsx';
import { followArrows } from '../widget/roving.ts';
import '../chart/chart.css';

/** The days of a period as a grid: what each used of the period's budget; arrows walk through it. */
export function DayFigure({ report }: { readonly report: Report }) {
  const t = texts();
  return (
    <Figure
      id="days"
      title={t.daysTitle}
      text={t.daysText}
      chart={() => <DayGrid report={report} />}
      table={() => <DayTable report={report} />}
    />
  );
}

function DayGrid({ report }: { readonly report: Report }) {
  const t = texts();
  const { days, target } = report;
  const [chosen, setChosen] = useState<string>();
  const day = days.find(({ date }) => date === chosen) ?? days.at(-1);
  const first = days[0];
  const before = first ? (new Date(`${first.date}T12:00:00Z`).getUTCDay() + 6) % 7 : 0;
  return (
    <>
      <div class="day-grid" role="group" aria-label={t.daysTitle} onKeyDown={followArrows}>
        {Object.entries(t.weekdays).map(([key, name]) => (
          <span key={key} class="day-name" aria-hidden="true">
            {name}
          </span>
        ))}
        {Array.from({ length: before }, (_, index) => (
          <span key={`before ${index}`} />
        ))}
        {days.map((one, index) => (
          <button
            key={one.date}
            type="button"
            data-rove
            class={`day day-${dayKind(one)}`}
            tabIndex={index === days.length - 1 ? 0 : -1}
            onFocus={() => setChosen(one.date)}
            onMouseEnter={() => setChosen(one.date)}
          >
            <DayName date={one.date} isFirst={index === 0} />
            <b aria-hidden="true">{formatRatio(one.spentFraction)}</b>
            <span class="visually-hidden">{dayText(one, target)}</span>
          </button>
        ))}
      </div>
      {day ? <p class="day-said">{dayText(day, target)}</p> : null}
    </>
  );
}

/** The day of the month; the first of each month, and of the whole, says which month. */
function DayName({ date, isFirst }: { readonly date: string; readonly isFirst: boolean }) {
  const day = Number(date.slice(8));
  if (day !== 1 && !isFirst) return <span aria-hidden="true">{day}</span>;
  const options = { month: 'short', day: 'numeric', timeZone: 'UTC' } as const;
  return (
    <span aria-hidden="true" class="day-month">
      {new Intl.DateTimeFormat(locale(), options).format(Date.parse(date))}
    </span>
  );
}

function DayTable({ report }: { readonly report: Report }) {
  const t = texts();
  const count = (value: number) => formatCount(value, locale());
  return (
    <DataTable
      long
      caption={t.daysTitle}
      rows={report.days}
      rowKey={({ date }) => date}
      columns={[
        { name: t.day, cell: ({ date }) => date },
        { name: t.valid, cell: ({ valid }) => count(valid), number: true },
        { name: t.bad, cell: ({ bad }) => count(bad), number: true },
        {
          name: t.compliance,
          cell: ({ compliance }) => formatRatio(compliance, report.target),
          number: true,
        },
        {
          name: t.budgetSpent,
          cell: ({ spentFraction }) => formatRatio(spentFraction),
          number: true,
        },
        { name: t.coverage, cell: ({ coverage }) => formatRatio(coverage), number: true },
      ]}
    />
  );
}

/** A day below the promise, one within it, one that used nothing, one that nobody measured. */
function dayKind({ kept, bad }: ReportDay): 'below' | 'within' | 'clean' | 'unknown' {
  if (kept === null) return 'unknown';
  if (!kept) return 'below';
  return bad > 0 ? 'within' : 'clean';
}

function dayText(day: ReportDay, target: number): string {
  const t = texts();
  if (day.compliance === null) return t.dayUnknown(day.date);
  return t.daySaid(
    day.date,
    formatRatio(day.compliance, target),
    formatCount(day.valid, locale()),
    formatRatio(day.spentFraction),
  );
}
