import type { SproutConfig } from '@sprout/process';
import type { CompiledHint, CompiledSignal } from '../signal-rules/compiled.ts';
import { inEveryLanguage } from './every-language.ts';
import { koreanTexts } from './korean.ts';

/** What a person reads when a signal is bad. */
export function signalTexts(
  config: Pick<SproutConfig, 'alerts'>,
  signal: CompiledSignal,
  hint: CompiledHint,
) {
  return inEveryLanguage(config, (language) =>
    (language === 'ko' ? inKorean : inEnglish)(signal, hint),
  );
}

function inEnglish(signal: CompiledSignal, hint: CompiledHint) {
  const seen = saysValue(hint)
    ? `It is ${observed[hint.of]}${value(hint)}, and has been`
    : 'It has been';
  const what =
    hint.of === 'absence'
      ? `It was there and has been missing for ${hint.for}.`
      : `${seen} ${bounds(hint, 'above', 'below')}${comparedEn(hint)} for ${hint.for}.`;
  return {
    summary: hint.summary,
    description: `${signal.help} ${what}`,
    impact: hint.impact,
    first_step: hint.firstStep,
  };
}

function inKorean(signal: CompiledSignal, hint: CompiledHint) {
  const texts = koreanTexts[hint.name];
  // A signal of one's own that nobody translated speaks as it was declared.
  const held = `${inKoreanUnits(hint.for)} 동안`;
  const now = saysValue(hint) ? ` 지금은 ${value(hint)}입니다.` : '';
  const what =
    hint.of === 'absence'
      ? `있던 지표가 ${held} 들어오지 않습니다 (${signal.name}).`
      : `${held} 기준(${bounds(hint, '초과:', '미만:')})을 벗어났습니다.${now} 지표는 ${signal.name}입니다.`;
  return {
    summary: texts?.summary ?? hint.summary,
    description: what,
    impact: texts?.impact ?? hint.impact,
    first_step: texts?.firstStep ?? hint.firstStep,
  };
}

/** `5m` → `5분`. */
const inKoreanUnits = (duration: string): string =>
  duration.replaceAll(/[dhms]/g, (unit) => koreanUnits[unit] ?? unit);

const koreanUnits: Readonly<Record<string, string>> = { d: '일', h: '시간', m: '분', s: '초' };

/** A test cannot foresee some values to the digit, and nobody needs them to act. */
export const saysValue = ({ of, against }: CompiledHint): boolean =>
  of !== 'forecast' && of !== 'changes' && !(against !== undefined && 'over' in against);

/** Three digits, but no exponent; a time as people say it. */
function value({ of, against, above, below }: CompiledHint): string {
  if (of === 'age' || of === 'left') return '{{ $value | humanizeDuration }}';
  const verb = Math.max(above ?? 0, below ?? 0) >= 1000 ? '%.0f' : '%.3g';
  return `{{ $value | printf "${verb}" }}${against !== undefined && 'ago' in against ? '×' : ''}`;
}

const observed: Readonly<Record<CompiledHint['of'], string>> = {
  value: '',
  count: 'true of ',
  rate: 'at a rate per second of ',
  increase: 'at an increase of ',
  p99: 'at a 99th percentile of ',
  changes: 'at this many changes: ',
  age: 'this old: ',
  left: 'this far from its end: ',
  forecast: 'on its way to ',
  absence: '',
};

function comparedEn({ against, ahead }: CompiledHint): string {
  if (ahead !== undefined) return ` as it will be in ${ahead}`;
  if (against === undefined) return '';
  if ('ago' in against) return ` times what it was ${against.ago} ago`;
  if ('over' in against) return ` times its average over ${against.over}`;
  return ` as a share of ${against.signal}`;
}

function bounds({ above, below }: CompiledHint, over: string, under: string): string {
  return [
    ...(above === undefined ? [] : [`${over} ${above}`]),
    ...(below === undefined ? [] : [`${under} ${below}`]),
  ].join(' or ');
}
