import { SproutError } from '@sprout/process';
import { PrometheusError } from '@sprout/query';
import type { Text } from '../language/text.ts';
import type { Trouble } from '../status/knowledge-words.ts';

/**
 * What a failed reading says to people. Messages are written in English; in Korean the kind of
 * failure is said, and its code, by which documentation and log are searched.
 */
export function troubleOf(failure: unknown): Trouble {
  const en = failure instanceof Error ? failure.message : String(failure);
  if (failure instanceof PrometheusError) {
    const ko = koreanKinds[failure.kind] ?? `Prometheus가 질의를 거절했습니다 (${failure.kind})`;
    return { error: { en, ko }, fix: null };
  }
  if (!(failure instanceof SproutError)) return { error: { en, ko: unexpected }, fix: null };
  const { code, hint } = failure;
  const [said = unexpected, fix = searchLog] = koreanCodes[code] ?? [];
  const error = { en, ko: `${said} (${code})` };
  return { error, fix: hint === undefined ? null : { en: hint, ko: fix } };
}

const koreanKinds: Readonly<Record<string, string>> = {
  unreachable: 'Prometheus가 응답하지 않습니다',
  timeout: 'Prometheus의 응답이 너무 늦습니다',
  too_costly: '질의 하나가 Prometheus의 한도를 넘습니다',
};

/** Code → what happened, and what to do. */
const koreanCodes: Readonly<Record<string, readonly [string, string]>> = {
  STORAGE_AWAY: [
    'MySQL에 기록할 수 없습니다',
    'MySQL을 시작하거나 sloService.storage 설정을 고치세요. 그동안 잃는 것은 없습니다.',
  ],
  LEDGER_FENCED: [
    '다른 복제본이 기록을 맡았습니다',
    '할 일이 없습니다. 이 복제본은 따라 읽습니다.',
  ],
};

const unexpected = '예상하지 못한 오류로 읽지 못했습니다';
const searchLog = 'slo-service의 로그에 원인이 있습니다.';

/** No replica can be elected while Redis does not answer. */
export const redisAway: Text = {
  en: 'Redis does not answer, so no replica can take over from one that has stopped',
  ko: 'Redis가 응답하지 않아 멈춘 복제본을 대신할 수 없습니다',
};
