import { remarksOf } from '../../remark.ts';
import type { Text } from '../../remark.ts';

/** How a query reads its counters: as they are, or how fast they grow. */
export type CounterForm = 'counter' | 'rate' | `increase over ${string}`;

/** What one side says and the other has no words for. */
export const unsaidWords = {
  /** Of an SLO. */
  NAME: ({ name, id }: { readonly name: string; readonly id: string }) => ({
    en: `the name ${name}; it becomes ${id}`,
    ko: `이름 ${name}. ${id}(으)로 바뀝니다`,
  }),
  LABELS: () => ({ en: 'labels', ko: '레이블(labels)' }),
  DESCRIPTION_BESIDE_NAME: () => ({
    en: 'a description beside the displayName',
    ko: 'displayName과 함께 쓴 설명(description)',
  }),
  ALERT_POLICIES: () => ({
    en: 'alert policies; Sprout derives its own',
    ko: '알림 정책(alertPolicies). Sprout는 알림을 스스로 만듭니다',
  }),
  ANNOTATION: ({ key }: { readonly key: string }) => ({
    en: `the annotation ${key}`,
    ko: `주석(annotation) ${key}`,
  }),
  SEVERAL_TARGETS: () => ({
    en: 'several targets; each becomes a promise of its own',
    ko: '여러 목표. 목표마다 약속이 하나씩 됩니다',
  }),
  TARGET_FIELD: ({ field }: { readonly field: string }) => ({
    en: `${field} of a target`,
    ko: `목표의 ${field}`,
  }),
  /** Of other documents. */
  SLI_UNUSED: () => ({
    en: 'an SLI that no SLO refers to',
    ko: '어떤 SLO도 가리키지 않는 SLI',
  }),
  DOCUMENT: ({ kind, name }: { readonly kind: string; readonly name: string }) => ({
    en: `the document ${kind} ${name}`,
    ko: `문서 ${kind} ${name}`,
  }),
  ITS_FIELD: ({ field }: { readonly field: string }) => ({
    en: `its ${field}`,
    ko: `그 문서의 ${field}`,
  }),
  INDICATOR_FIELD: ({ field }: { readonly field: string }) => ({
    en: `the indicator's ${field}`,
    ko: `지표의 ${field}`,
  }),
  DATA_SOURCE: ({ name }: { readonly name: string }) => ({
    en: `the data source ${name}`,
    ko: `데이터 원천 ${name}`,
  }),
  SOURCE_FIELD: ({ field }: { readonly field: string }) => ({
    en: `the field ${field} of a metric source`,
    ko: `메트릭 원천의 필드 ${field}`,
  }),
  GROUPING: ({ grouping }: { readonly grouping: string }) => ({
    en: `"${grouping}": Sprout sums over all labels`,
    ko: `"${grouping}". Sprout는 모든 레이블에 걸쳐 더합니다`,
  }),
  /** Of a target or a window that Sprout has not. */
  RATIO_TIMESLICES: () => ({
    en: 'RatioTimeslices; it is left out, since Sprout takes no mean of slices',
    ko: 'RatioTimeslices. Sprout는 슬라이스의 평균을 내지 않으므로 이 약속은 빠집니다',
  }),
  COMPOSITE_TARGET: ({ field }: { readonly field: string }) => ({
    en: `a composite objective (${field})`,
    ko: `복합 약속(${field})`,
  }),
  TARGET_ZERO: () => ({
    en: 'a target of 0, which promises nothing',
    ko: '아무것도 약속하지 않는 목표 0',
  }),
  SLICE_LENGTH: ({ length }: { readonly length: string | number }) => ({
    en: `slices of ${length}, which do not divide an hour`,
    ko: `한 시간을 나누어떨어뜨리지 않는 슬라이스 ${length}`,
  }),
  SLICE_ALWAYS_GOOD: () => ({
    en: 'slices that are good with nothing good',
    ko: '정상 이벤트가 없어도 정상인 슬라이스',
  }),
  NO_TIME_WINDOW: () => ({ en: 'no timeWindow', ko: '기간(timeWindow)이 없는 약속' }),
  WINDOW_LENGTH: ({ duration }: { readonly duration: string }) => ({
    en: `a window of ${duration}; Sprout has windows from 1h to 366d`,
    ko: `기간 ${duration}. Sprout의 기간은 1h부터 366d까지입니다`,
  }),
  WINDOW_VARIES: ({ duration }: { readonly duration: string }) => ({
    en: `a rolling window of ${duration}, whose length varies`,
    ko: `길이가 달라지는 이동 기간 ${duration}`,
  }),
  WINDOW_UNIT: (window: {
    readonly duration: string;
    readonly startTime: string;
    readonly known: readonly string[];
  }) => ({
    en: `a calendar window of ${window.duration} from ${window.startTime}; Sprout has ${window.known.join(', ')}, from the begin of one`,
    ko: `${window.startTime}부터의 달력 기간 ${window.duration}. Sprout에는 단위의 처음부터 시작하는 ${window.known.join(', ')}이(가) 있습니다`,
  }),
  /** Of an indicator that Sprout cannot count. */
  GAUGE_THRESHOLD: () => ({ en: 'a threshold of a gauge', ko: '게이지의 기준값' }),
  RATIO_ELSEWHERE: () => ({ en: 'a ratio computed elsewhere', ko: '다른 곳에서 계산한 비율' }),
  NOT_EVENTS: ({ what }: { readonly what: Text }) => ({
    en: `${what.en}; it is left out, since Sprout counts events`,
    ko: `${what.ko}. Sprout는 이벤트를 세므로 이 약속은 빠집니다`,
  }),
  RATIO_OF_FORMS: ({
    part,
    total,
  }: {
    readonly part: CounterForm;
    readonly total: CounterForm;
  }) => ({
    en: `a ratio of ${part} to ${total}`,
    ko: `${formWords(part)}와(과) ${formWords(total)}의 비율`,
  }),
  SOURCE_TYPE: ({ type }: { readonly type: string | undefined }) => ({
    en: `a metric source of type ${type ?? 'unknown'}`,
    ko: `${type ?? '알 수 없는'} 유형의 메트릭 원천`,
  }),
  GAUGE: () => ({ en: 'a gauge (counter: false)', ko: '게이지(counter: false)' }),
  NO_SERIES: () => ({ en: 'the query reads no series', ko: '시계열을 읽지 않는 질의' }),
  FORMS_ADDED: ({ form, other }: { readonly form: CounterForm; readonly other: CounterForm }) => ({
    en: `the query adds ${form} to ${other}`,
    ko: `${formWords(form)}와(과) ${formWords(other)}을(를) 더하는 질의`,
  }),
  OR_DROPS: () => ({
    en: '"or" drops series whose labels are alike; Sprout adds them all up',
    ko: '레이블이 같은 시계열을 버리는 "or". Sprout는 모두 더합니다',
  }),
  NOT_ONE_METRIC: ({ selector }: { readonly selector: string }) => ({
    en: `"${selector}" does not name one metric`,
    ko: `메트릭 하나를 가리키지 않는 "${selector}"`,
  }),
  NO_SUM: ({ query }: { readonly query: string }) => ({
    en: `"${query}" is no sum of counters`,
    ko: `카운터의 합이 아닌 "${query}"`,
  }),
  LEFT_OUT: ({ what }: { readonly what: Text }) => ({
    en: `${what.en}; it is left out`,
    ko: `${what.ko}. 이 약속은 빠집니다`,
  }),
  /** Of a promise that is written. */
  COMPOSITE: ({ rule, of }: { readonly rule: 'all' | 'any'; readonly of: readonly string[] }) => ({
    en: `a composite (${rule} of ${of.join(', ')})`,
    ko: `복합 약속(${of.join(', ')} 중 ${rule === 'all' ? '모두' : '하나 이상'})`,
  }),
  SCRAPES: ({ services }: { readonly services: readonly string[] }) => ({
    en: `scrapes of ${services.join(', ')}`,
    ko: `${services.join(', ')} 서비스의 수집`,
  }),
  SLI_WITHOUT_SERIES: () => ({ en: 'an SLI without series', ko: '시계열이 없는 SLI' }),
  WINDOW_NO_MINUTES: ({ window }: { readonly window: string }) => ({
    en: `${window}, no whole number of minutes`,
    ko: `분 단위로 나누어떨어지지 않는 ${window}`,
  }),
  READ_WRONG: ({ path, message }: { readonly path: string; readonly message: Text }) => ({
    en: `${path}: ${message.en}`,
    ko: `${path}: ${message.ko}`,
  }),
  VALUE: ({ field, value }: { readonly field: string; readonly value: unknown }) => ({
    en: `${field} ${JSON.stringify(value)}`,
    ko: `${field} 값 ${JSON.stringify(value)}`,
  }),
  DEPENDS_IN_CIRCLE: ({ id }: { readonly id: string }) => ({
    en: `depends on ${id}, which depends on it in turn`,
    ko: `서로 의존하는 ${id}에 대한 의존(dependsOn)`,
  }),
  DEPENDS_ON_MISSING: ({ id }: { readonly id: string }) => ({
    en: `depends on ${id}, which the file has not`,
    ko: `파일에 없는 ${id}에 대한 의존(dependsOn)`,
  }),
};

/** Something that cannot be said. */
export const unsaid = remarksOf(unsaidWords);

/** The same for what then cannot be promised either. */
export const leftOut = (what: Text) => unsaid('LEFT_OUT', { what });

function formWords(form: CounterForm): string {
  if (form === 'counter') return '카운터';
  return form === 'rate' ? 'rate' : `${form.slice('increase over '.length)} 동안의 increase`;
}
