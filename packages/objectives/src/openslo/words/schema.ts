import type { Text } from '../../remark.ts';

/** What the schema of OpenSLO documents says by itself; its messages are these codes. */
export const schemaWords = {
  NAME_FORM: {
    en: 'write small letters, digits and "-"',
    ko: '소문자와 숫자, "-"로 쓰세요',
  },
  RAW_NOT_ALONE: {
    en: '"raw" stands alone, without good, bad and total',
    ko: '"raw"는 good, bad, total 없이 따로 써야 합니다',
  },
  RAW_TYPE_MISSING: { en: '"raw" needs a rawType', ko: '"raw"에는 rawType이 필요합니다' },
  TOTAL_MISSING: { en: '"total" is missing', ko: '"total"이 없습니다' },
  GOOD_OR_BAD: {
    en: 'give exactly one of good and bad',
    ko: 'good과 bad 중 정확히 하나를 쓰세요',
  },
  THRESHOLD_OR_RATIO: {
    en: 'give exactly one of thresholdMetric and ratioMetric',
    ko: 'thresholdMetric과 ratioMetric 중 정확히 하나를 쓰세요',
  },
  DURATION_FORM: { en: 'write for example 30d, 4w or 1M', ko: '길이를 쓰세요. 예: 30d, 4w, 1M' },
  START_TIME_FORM: {
    en: 'write a date and time without zone, 2024-01-01 00:00:00',
    ko: '날짜와 시각을 시간대 없이 쓰세요. 예: 2024-01-01 00:00:00',
  },
  ZONE_UNKNOWN: {
    en: 'write an IANA time zone, for example Asia/Seoul',
    ko: 'IANA 시간대를 쓰세요. 예: Asia/Seoul',
  },
  ROLLING_OR_CALENDAR: {
    en: 'a window is either rolling (isRolling: true) or has a calendar',
    ko: '기간은 이동하는 것(isRolling: true)이거나 calendar가 있는 것이어야 합니다',
  },
  TARGET_OR_PERCENT: {
    en: 'give exactly one of target and targetPercent',
    ko: 'target과 targetPercent 중 정확히 하나를 쓰세요',
  },
  INDICATOR_OR_REFERENCE: {
    en: 'give exactly one of indicator and indicatorRef',
    ko: 'indicator와 indicatorRef 중 정확히 하나를 쓰세요',
  },
  API_VERSION_UNKNOWN: {
    en: 'only apiVersion openslo/v1 is read',
    ko: 'apiVersion은 openslo/v1만 읽습니다',
  },
} as const satisfies Readonly<Record<string, Text>>;

export type SchemaCode = keyof typeof schemaWords;

/** Whether the message of an issue is one of our codes rather than a sentence of zod's. */
export const isSchemaCode = (message: string): message is SchemaCode =>
  Object.hasOwn(schemaWords, message);
