import { remarksOf } from '@sprout/objectives';
import type { Text } from '@sprout/objectives';

interface Known {
  readonly known: readonly string[];
}

/** What makes a promise impossible. */
export const problemWords = {
  ID_TWICE: ({ id, times }: { readonly id: string; readonly times: number }) => ({
    en: `"${id}" is declared ${times === 2 ? 'twice' : `${times} times`}`,
    ko: `"${id}"이(가) ${times}번 선언되었습니다`,
  }),
  OBJECTIVE_UNKNOWN: ({ id }: { readonly id: string }) => ({
    en: `there is no objective "${id}"`,
    ko: `"${id}"(이)라는 약속이 없습니다`,
  }),
  CIRCLE: ({ circle }: { readonly circle: readonly string[] }) => ({
    en: `${circle.join(' → ')} is a circle`,
    ko: `${circle.join(' → ')}(으)로 순환합니다`,
  }),
  SERVICE_OF_METRIC_UNKNOWN: (
    given: Known & { readonly metric: string; readonly service: string },
  ) => ({
    en: `${given.metric} comes from "${given.service}", which is not in services (${given.known.join(', ')})`,
    ko: `${given.metric}을(를) 내보내는 "${given.service}"이(가) services에 없습니다(${given.known.join(', ')})`,
  }),
  SERVICE_UNKNOWN: ({ service, known }: Known & { readonly service: string }) => ({
    en: `scrapes of "${service}": it is not in services (${known.join(', ')})`,
    ko: `수집을 세려는 "${service}"이(가) services에 없습니다(${known.join(', ')})`,
  }),
  SIGNAL_UNKNOWN: ({ metric }: { readonly metric: string }) => ({
    en: `there is no signal ${metric}`,
    ko: `${metric}(이)라는 신호가 없습니다`,
  }),
  BUCKET_UNKNOWN: (given: {
    readonly signal: string;
    readonly bound: string;
    readonly buckets: readonly number[];
  }) => ({
    en: `${given.signal} has no bucket at ${given.bound}; its buckets are ${given.buckets.join(', ')}`,
    ko: `${given.signal}에 ${given.bound} 버킷이 없습니다. 있는 버킷: ${given.buckets.join(', ')}`,
  }),
  LABEL_UNKNOWN: ({ signal, label }: { readonly signal: string; readonly label: string }) => ({
    en: `${signal} has no label "${label}"`,
    ko: `${signal}에 레이블 "${label}"이(가) 없습니다`,
  }),
  LABEL_VALUE_UNKNOWN: (given: {
    readonly signal: string;
    readonly label: string;
    readonly value: string;
  }) => ({
    en: `label "${given.label}" of ${given.signal} is never "${given.value}"`,
    ko: `${given.signal}의 레이블 "${given.label}"은(는) 값 "${given.value}"을(를) 갖지 않습니다`,
  }),
  THRESHOLD_ABSENT: ({ id, withinMs }: { readonly id: string; readonly withinMs: number }) => ({
    en: `${id} has no threshold that was ${withinMs} ms before`,
    ko: `${id}에는 기준 시간이 없어, 이전의 기준 시간 ${withinMs} ms도 있을 수 없습니다`,
  }),
  COMPOSITE_GROUPED: () => ({
    en: 'a composite has no series to group',
    ko: '복합 약속에는 나눌 시계열이 없습니다',
  }),
  SCRAPES_GROUPED: () => ({
    en: 'scrapes are not grouped',
    ko: '수집은 그룹으로 나누지 않습니다',
  }),
  SLICES_ABSENT: () => ({
    en: 'goodRatioMin belongs to time slices',
    ko: 'goodRatioMin은 타임 슬라이스에만 씁니다',
  }),
  COMPOSITE_ALERTS: () => ({
    en: 'a composite has no alert of its own',
    ko: '복합 약속에는 자기 알림이 없습니다',
  }),
  ALERT_UNREACHABLE: ({ number, why }: { readonly number: number; readonly why: Text }) => ({
    en: `burn-rate alert ${number} ${why.en}`,
    ko: `소진율 알림 ${number}: ${why.ko}`,
  }),
};

/** What to do about it. */
export const fixWords = {
  GIVE_OWN_ID: () => ({ en: 'give each its own id', ko: '저마다 다른 id를 쓰세요' }),
  ADD_TO: ({ list }: { readonly list: 'objectives' | 'services' | 'signals' }) => ({
    en: `add it to ${list}`,
    ko: `${list}에 추가하세요`,
  }),
  DID_YOU_MEAN: ({ near }: { readonly near: string }) => ({
    en: `did you mean ${near}?`,
    ko: `혹시 ${near}입니까?`,
  }),
  BREAK_CIRCLE: () => ({ en: 'take one of them out', ko: '그중 하나를 빼세요' }),
  CHOOSE_BUCKET: () => ({
    en: 'promise one of them, or add a bucket to the signal',
    ko: '그중 하나로 약속하거나 신호에 버킷을 추가하세요',
  }),
  LABELS_ARE: ({ known }: Known) => ({
    en: `its labels are ${known.join(', ') || 'none'}`,
    ko: `있는 레이블: ${known.join(', ') || '없음'}`,
  }),
  VALUES_ARE: ({ known }: Known) => ({
    en: `its values are ${known.join(', ')}`,
    ko: `있는 값: ${known.join(', ')}`,
  }),
  ONLY_LATENCY: () => ({
    en: 'only latency is promised within a time',
    ko: '기준 시간은 지연 시간의 약속에만 씁니다',
  }),
  GROUP_MEMBERS: () => ({ en: 'group its members', ko: '구성 약속을 그룹으로 나누세요' }),
  PROMISE_EACH_SERVICE: () => ({
    en: 'declare a promise for each service',
    ko: '서비스마다 약속을 선언하세요',
  }),
  TAKE_OUT: () => ({ en: 'take it out', ko: '빼세요' }),
  MEMBERS_ALERT: () => ({
    en: 'its members alert; take it out',
    ko: '알림은 구성 약속에 있습니다. 빼세요',
  }),
  REACH_OR_MUTE: () => ({
    en: 'choose a higher target or a longer window, or set alerts: false',
    ko: '목표를 높이거나 기간을 늘리세요. 알림이 필요 없다면 alerts: false로 쓰세요',
  }),
};

export const wrong = remarksOf(problemWords);
export const fix = remarksOf(fixWords);
