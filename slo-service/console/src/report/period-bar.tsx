import { periodAt, periodIn, shiftPeriod } from '@sprout/objectives/period';
import type { NamedPeriod, PeriodKind } from '@sprout/objectives/period';
import { useEffect, useState } from 'preact/hooks';
import { locale, texts } from '../i18n/language.ts';
import { changeQuery } from '../place/place.ts';
import { shiftTime } from '../shell/shortcuts.ts';
import { now } from '../state/now.ts';
import { Choice } from '../widget/choice.tsx';
import { StepButton } from '../widget/step-button.tsx';
import { asKind, dateAt, hasBegun, periodNamed, periodQuery, periodText } from './period.ts';

/** Puts a period into the URL, so that Back undoes it and a shared link shows the same. */
function choose(period: NamedPeriod, zone: string): void {
  const isRunningMonth = period.name === periodAt('month', zone, Date.now()).name;
  const named = isRunningMonth ? {} : periodQuery(period);
  changeQuery({ month: null, period: null, ...named }, 'push');
}

/** Chooses a kind of period and steps through them (`[` and `]`); none lies in the future. */
export function PeriodBar(props: {
  readonly period: NamedPeriod;
  readonly kinds: readonly PeriodKind[];
  readonly zone: string;
}) {
  const t = texts();
  const { period, zone } = props;
  const go = (by: -1 | 1) => {
    const next = shiftPeriod(period, by);
    if (hasBegun(next, zone, Date.now())) choose(next, zone);
  };
  useEffect(() => {
    shiftTime.value = go;
    return () => (shiftTime.value = undefined);
  }, [period.name, zone]);
  return (
    <div class="range-bar no-print">
      <Choice
        label={t.period}
        options={props.kinds.map((id) => ({ id, name: t.periodKinds[id] }))}
        chosen={period.kind}
        onChoose={(kind) => choose(asKind(kind, period, zone, Date.now()), zone)}
      />
      <div class="range-steps">
        <StepButton label={t.earlier} onStep={() => go(-1)}>
          ←
        </StepButton>
        <b class="period-name">{periodText(period, t, locale())}</b>
        <StepButton
          label={t.later}
          isEnd={!hasBegun(shiftPeriod(period, 1), zone, now.value)}
          onStep={() => go(1)}
        >
          →
        </StepButton>
      </div>
      {period.kind === 'days' ? <Days key={period.name} period={period} zone={zone} /> : null}
    </div>
  );
}

/** The first and the last day of a stretch. */
function Days({ period, zone }: { readonly period: NamedPeriod; readonly zone: string }) {
  const t = texts();
  const [wrong, setWrong] = useState(false);
  const today = dateAt(Date.now(), zone);
  const [first = '', last = ''] = period.name.split('..');
  return (
    <form
      class="range-typed"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const typed = periodNamed(`${String(form.get('first'))}..${String(form.get('last'))}`);
        const isPast = typed !== undefined && periodIn(typed, zone).fromMs < Date.now();
        setWrong(!isPast);
        if (isPast) choose(typed, zone);
      }}
    >
      <input
        type="date"
        name="first"
        required
        max={today}
        aria-label={t.firstDay}
        aria-invalid={wrong}
        defaultValue={first}
      />
      <input
        type="date"
        name="last"
        required
        aria-label={t.lastDay}
        aria-invalid={wrong}
        defaultValue={last}
      />
      <button type="submit" class="button">
        {t.rangeShow}
      </button>
      {wrong ? <span role="alert">{t.daysInvalid}</span> : null}
    </form>
  );
}
