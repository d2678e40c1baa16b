import type { Text } from './remark.ts';

/** What the schema of objectives says by itself; its messages are the English ones. */
export const objectiveSchemaWords = {
  WINDOW_LENGTH: {
    en: 'write a duration from 1h to 366d, for example 30d',
    ko: '1h부터 366d까지의 길이를 쓰세요. 예: 30d',
  },
  ZONE_UNKNOWN: {
    en: 'write an IANA time zone, for example Asia/Seoul',
    ko: 'IANA 시간대를 쓰세요. 예: Asia/Seoul',
  },
  SLICE_LENGTH: {
    en: 'slices divide an hour: 1, 5, 10 … 60 minutes',
    ko: '슬라이스는 한 시간을 나누어떨어뜨려야 합니다: 1, 5, 10 … 60분',
  },
  MEMBERS_MISSING: {
    en: 'a composite needs members',
    ko: '복합 약속에는 구성 약속이 필요합니다',
  },
  INSTANT_FORM: {
    en: 'write an instant with its offset, for example 2026-11-01T00:00:00+09:00',
    ko: '시점을 시차와 함께 쓰세요. 예: 2026-11-01T00:00:00+09:00',
  },
  BEFORE_UNORDERED: {
    en: 'name former promises in the order of time, each until later than the last',
    ko: '이전의 약속을 시간순으로 쓰세요. until은 앞의 것보다 늦어야 합니다',
  },
  SLICE_ALONE: {
    en: 'only a time slice says when a slice is good',
    ko: '슬라이스가 정상인 조건은 타임 슬라이스에만 쓰고, 타임 슬라이스에는 꼭 써야 합니다',
  },
  COMPOSITE_ALONE: {
    en: 'only a composite has members',
    ko: '구성 약속은 복합 약속에만 쓰고, 복합 약속에는 꼭 써야 합니다',
  },
  SCRAPES_UNSLICED: {
    en: 'scrapes are judged by time slices: timeSlice(up(…))',
    ko: '수집은 타임 슬라이스로 판정합니다: timeSlice(up(…))',
  },
  NOTHING_COUNTED: { en: 'nothing is counted', ko: '세는 것이 없습니다' },
} as const satisfies Readonly<Record<string, Text>>;

/** Both languages of what the schema said; undefined of a sentence of zod's. */
export function objectiveSchemaText(message: string): Text | undefined {
  return Object.values(objectiveSchemaWords).find(({ en }) => en === message);
}
