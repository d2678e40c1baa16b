import { formatRatio } from '@sprout/objectives/figure';
import type { ObjectiveStatus, Slice, SliceList } from '@sprout/slo-service/api';
import { useEffect, useRef } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';
import { shortInstant } from '../place/range.ts';
import { minuteText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';
import { FailureNotice, Pending } from '../widget/notice.tsx';
import { Shape } from '../widget/shape.tsx';
import { StepButton } from '../widget/step-button.tsx';

/** What the URL says of the sixty minutes up to now. */
const last = 'last';

/** Sixty minutes of the ledger one by one, from the instant that the URL names. */
export function Minutes({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const wanted = place.value.query.get('minutes');
  const section = useFocusOn(wanted);
  const from = Number.isFinite(Date.parse(wanted ?? '')) ? (wanted ?? undefined) : undefined;
  const slices = useResource<SliceList>(wanted === null ? null : urls.slices(status.id, from));
  return (
    <section class="card" aria-labelledby="minutes-title" ref={section} tabIndex={-1}>
      <h2 id="minutes-title">{t.minutesTitle}</h2>
      <p class="quiet">{t.minutesText}</p>
      <Steps slices={wanted === null ? undefined : slices.data} isLast={wanted === last} />
      {wanted === null ? null : slices.data ? (
        <>
          <FailureNotice of={slices} what={t.whatMinutes} />
          <MinuteTable slices={slices.data} target={status.target} />
        </>
      ) : (
        <Pending of={slices} what={t.whatMinutes} />
      )}
    </section>
  );
}

/** A link to some minutes leads to them, wherever on the page it stands. */
function useFocusOn(wanted: string | null) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = section;
    if (wanted !== null && !current?.contains(document.activeElement)) current?.focus();
  }, [wanted]);
  return section;
}

/** Other hours; earlier and later ones once it is known how long a minute of the ledger is. */
function Steps(props: { readonly slices: SliceList | undefined; readonly isLast: boolean }) {
  const t = texts();
  const { slices, isLast } = props;
  const first = slices?.items[0];
  const choose = (minutes: string | null) => changeQuery({ minutes }, 'push');
  const shift = (hours: 1 | -1) => {
    if (slices === undefined || first === undefined) return;
    choose(shortInstant(Date.parse(first.at) + hours * 60 * slices.sliceSeconds * 1000));
  };
  return (
    <p class="links">
      {first ? (
        <>
          <StepButton onStep={() => shift(-1)}>{t.minutesEarlier}</StepButton>
          <StepButton isEnd={isLast} onStep={() => shift(1)}>
            {t.minutesLater}
          </StepButton>
        </>
      ) : null}
      <button type="button" class="button" aria-pressed={isLast} onClick={() => choose(last)}>
        {t.minutesLast}
      </button>
      {slices ? (
        <button type="button" class="button" onClick={() => choose(null)}>
          {t.minutesHide}
        </button>
      ) : null}
    </p>
  );
}

function MinuteTable(props: { readonly slices: SliceList; readonly target: number }) {
  const t = texts();
  const count = (events: number) => formatCount(events, locale());
  const ratio = ({ good, valid }: Slice) =>
    formatRatio(valid > 0 ? good / valid : null, props.target);
  return (
    <DataTable
      long
      caption={t.minutesTitle}
      rows={props.slices.items}
      rowKey={({ at }) => at}
      columns={[
        { name: t.time, cell: ({ at }) => minuteText(at) },
        { name: t.good, cell: ({ good }) => count(good), number: true },
        { name: t.valid, cell: ({ valid }) => count(valid), number: true },
        { name: t.compliance, cell: ratio, number: true },
        { name: t.coverage, cell: ({ coverage }) => formatRatio(coverage), number: true },
        { name: t.stateColumn, cell: (slice) => stateOf(slice) },
        { name: t.verdictColumn, cell: ({ kept }) => <MinuteVerdict kept={kept} /> },
      ]}
    />
  );
}

/** How a minute was measured, or that it never was. */
function stateOf({ state, simulated, approximate }: Slice): string {
  const t = texts();
  return [
    t.minuteState[state],
    ...(simulated ? [t.simulatedBand] : []),
    ...(approximate ? [t.approximateBand] : []),
  ].join(', ');
}

function MinuteVerdict({ kept }: Pick<Slice, 'kept'>) {
  const t = texts();
  const kind = kept === null ? 'unknown' : kept ? 'kept' : 'broken';
  const words = { unknown: t.minutesNone, kept: t.minutesKept, broken: t.minutesMissed };
  return (
    <span class={`mark mark-${kind}`}>
      <Shape kind={kind} />
      {words[kind]}
    </span>
  );
}
