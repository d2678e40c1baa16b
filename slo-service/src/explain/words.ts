import type { Language } from '../language/language.ts';
import type { ExplainCause } from './explanation.ts';

/** What each cause means, and the sentence that sums an explanation up. */
export const explainWords: Readonly<
  Record<
    Language,
    {
      readonly causes: Readonly<Record<ExplainCause, string>>;
      readonly same: string;
      main(cause: string): string;
    }
  >
> = {
  en: {
    causes: {
      newborn: 'first values of new series: the ledger counts them, increase() cannot see them',
      reset:
        'counters that went back although their process did not restart: the ledger sets them aside, increase() counts them again from zero',
      restart:
        'processes that restarted and soon showed more than before: the ledger counts from zero, increase() only what is above the former value',
      pair: 'the same series of another replica of Prometheus: the ledger counts it once, increase() again',
      gap: 'scrapes that were missed: the ledger spreads the increase over the gap, increase() takes only what lies between two samples in the window',
      extrapolation:
        'the edges of the window: increase() extrapolates to them, the ledger counts what the samples showed',
      late: 'samples that the ledger did not count when they were read: they came late, are not settled yet, or lie before it began',
      sums: 'more series than are read one by one: the ledger adds up what Prometheus made of each minute, where gaps, first values and samples set aside are missing or counted as increase() does',
      excluded:
        'minutes that are excluded: the ledger leaves them out, PromQL knows nothing of them',
    },
    same: 'The ledger and PromQL count the same.',
    main: (cause) => `Most of the difference is ${cause}.`,
  },
  ko: {
    causes: {
      newborn: '새 시계열의 첫 값: 원장은 세지만 increase()는 볼 수 없습니다',
      reset:
        '프로세스가 다시 시작되지 않았는데 줄어든 카운터: 원장은 제쳐 두고 increase()는 0부터 다시 셉니다',
      restart:
        '다시 시작한 뒤 곧 이전 값을 넘은 프로세스: 원장은 0부터 세고 increase()는 이전 값을 넘는 만큼만 셉니다',
      pair: '다른 Prometheus 복제본의 같은 시계열: 원장은 한 번만 세고 increase()는 다시 셉니다',
      gap: '놓친 수집: 원장은 증가분을 빈 시간에 고르게 나누고 increase()는 창 안의 두 표본 사이만 셉니다',
      extrapolation: '창의 가장자리: increase()는 추정하고 원장은 표본이 보인 만큼만 셉니다',
      late: '읽을 때 원장이 세지 않은 표본: 늦게 왔거나 아직 확정되지 않았거나 원장이 시작되기 전의 것입니다',
      sums: '시계열이 너무 많음: 원장은 Prometheus가 분마다 낸 합계를 더합니다. 빈 시간과 첫 값은 빠지고, 줄어든 카운터는 increase()처럼 셉니다',
      excluded: '제외된 시간: 원장은 빼지만 PromQL은 알지 못합니다',
    },
    same: '원장과 PromQL의 값이 같습니다.',
    main: (cause) => `차이의 대부분은 다음 때문입니다. ${cause}.`,
  },
};
