import { useEffect, useState } from 'preact/hooks';
import { texts } from '../i18n/language.ts';
import { changeQuery } from '../place/place.ts';
import { parseRange, rangePresets, rangeText, shiftRange, writeRange } from '../place/range.ts';
import type { Interval, Range } from '../place/range.ts';
import { shiftTime } from '../shell/shortcuts.ts';
import { minuteText } from '../state/clock.ts';
import { Choice } from './choice.tsx';

/** Puts a range into the URL, so that Back undoes it and a shared link shows the same. */
export function chooseRange(range: Range): void {
  changeQuery(writeRange(range), 'push');
}

/** Presets, a field for any other duration, and steps earlier and later (`[` and `]`). */
export function RangeBar(props: {
  readonly range: Range;
  readonly interval: Interval;
  readonly withAll?: boolean;
}) {
  const t = texts();
  const { range, interval } = props;
  const shift = (direction: -1 | 1) => chooseRange(shiftRange(interval, direction, Date.now()));
  useEffect(() => {
    shiftTime.value = shift;
    return () => (shiftTime.value = undefined);
  }, [interval.fromMs, interval.toMs]);
  const presets = [
    ...rangePresets.map((id) => ({ id: id as string, name: id as string })),
    ...(props.withAll ? [{ id: 'all', name: t.rangeAll }] : []),
  ];
  return (
    <div class="range-bar">
      <Choice
        label={t.range}
        options={presets}
        chosen={presets.find(({ id }) => sameRange(id, range))?.id}
        onChoose={(text) => chooseRange(parseRange(text) ?? range)}
      />
      <TypedRange range={range} />
      <div class="range-steps">
        <button type="button" class="button" aria-label={t.earlier} onClick={() => shift(-1)}>
          ←
        </button>
        <button type="button" class="button" aria-label={t.later} onClick={() => shift(1)}>
          →
        </button>
      </div>
      <p class="quiet range-shown">
        {t.rangeFixed(minuteText(new Date(interval.fromMs)), minuteText(new Date(interval.toMs)))}
      </p>
    </div>
  );
}

function TypedRange({ range }: { readonly range: Range }) {
  const t = texts();
  const [wrong, setWrong] = useState(false);
  return (
    <form
      class="range-typed"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = parseRange(String(new FormData(event.currentTarget).get('range') ?? ''));
        setWrong(!typed);
        if (typed) chooseRange(typed);
      }}
    >
      <input
        type="text"
        name="range"
        key={range.kind === 'fixed' ? '' : rangeText(range)}
        aria-label={t.rangeTyped}
        aria-invalid={wrong}
        placeholder="3h"
        defaultValue={range.kind === 'last' ? rangeText(range) : ''}
      />
      <button type="submit" class="button">
        {t.rangeShow}
      </button>
      {wrong ? <span role="alert">{t.rangeInvalid}</span> : null}
    </form>
  );
}

function sameRange(preset: string, range: Range): boolean {
  const parsed = parseRange(preset);
  if (parsed?.kind !== range.kind) return false;
  return parsed.kind !== 'last' || range.kind !== 'last' || parsed.seconds === range.seconds;
}
