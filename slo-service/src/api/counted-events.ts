import { PrometheusError } from '@sprout/query';
import { SpokenProblem, asSaid } from '../language/spoken-problem.ts';
import type { Text } from '../language/text.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';

/** Only events have samples to read again; throws SpokenProblem `EXPLAIN_NOT_COUNTED` for the rest. */
export function refuseUncounted({ id, sli }: ObjectiveConfig): void {
  if (sli.composite !== undefined) {
    const members = sli.composite.of.join(', ');
    throw notCounted(
      { en: `${id} is made of ${members}`, ko: `${id}은(는) ${members}(으)로 이루어져 있습니다` },
      { en: `explain ${members}`, ko: `${members}을(를) 설명하도록 요청하세요` },
    );
  }
  if (sli.up !== undefined) {
    const services = sli.up.join(', ');
    throw notCounted(
      {
        en: `${id} counts the scrapes of ${services}, not events`,
        ko: `${id}은(는) 이벤트가 아니라 ${services}의 측정 횟수를 셉니다`,
      },
      {
        en: `its source is up{service="…"} of ${services}; the bars of its chart show the minutes`,
        ko: `근거는 ${services}의 up{service="…"}이며, 차트의 막대에서 분마다 볼 수 있습니다`,
      },
    );
  }
}

/** The problem of a promise whose events cannot be read again. */
export const notCounted = (detail: Text, hint: Text) =>
  new SpokenProblem(409, 'EXPLAIN_NOT_COUNTED', {
    title: { en: 'There is nothing to compare', ko: '비교할 것이 없습니다' },
    detail,
    hint,
  });

/** A source that does not answer as a problem; any other error stays what it is. */
export function sourceProblem(error: unknown): unknown {
  if (!(error instanceof PrometheusError)) return error;
  return new SpokenProblem(503, 'EXPLAIN_UNAVAILABLE', {
    title: { en: 'Prometheus does not answer', ko: 'Prometheus가 응답하지 않습니다' },
    detail: asSaid(error.message),
    hint: {
      en: './sprout status shows whether Prometheus runs',
      ko: 'Prometheus가 실행 중인지 ./sprout status로 확인하세요',
    },
  });
}
