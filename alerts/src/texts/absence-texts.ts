import type { AlertTexts, Language } from './every-language.ts';

/** Both languages of an alert. */
export type AbsenceTexts = Readonly<Record<Language, AlertTexts>>;

const service = '{{ $labels.service }}';

const targetGone: AbsenceTexts = {
  en: {
    summary: `${service} is no longer among the targets that are scraped`,
    description: 'It had targets within the last hour and has had none for ten minutes.',
    impact: `Nothing about ${service} is known, and its own alerts cannot fire.`,
    first_step:
      'Was it switched off on purpose? If not: who lists targets, and is it still registered there?',
  },
  ko: {
    summary: `${service}가 수집 대상 목록에서 사라졌습니다`,
    description: '지난 한 시간 안에는 대상이 있었지만 10분째 하나도 없습니다.',
    impact: `${service}에 대해 아는 것이 없고, 그 경보도 울릴 수 없습니다.`,
    first_step: '일부러 껐는지 확인하세요. 아니라면 대상 목록에 아직 등록되어 있는지 보세요.',
  },
};

const signalsMissing: Readonly<Record<Language, (metrics: readonly string[]) => AlertTexts>> = {
  en: (metrics) => ({
    summary: `${service} answers scrapes without metrics that alerts need`,
    description: `It showed them within the last hour and has not for ten minutes; one or more of: ${metrics.join(', ')}.`,
    impact: `Alerts on what is missing cannot fire, however bad it gets.`,
    first_step:
      'curl its /metrics and look for them: renamed by an upgrade, or an exporter that lost its rights?',
  }),
  ko: (metrics) => ({
    summary: `${service}가 응답은 하지만 경보에 필요한 지표를 내보내지 않습니다`,
    description: `지난 한 시간 안에는 있던 지표가 10분째 없습니다. 다음 중 하나 이상입니다: ${metrics.join(', ')}.`,
    impact: '빠진 지표를 보는 경보는 아무리 나빠져도 울리지 못합니다.',
    first_step:
      '/metrics를 직접 불러 찾아보세요: 새 버전에서 이름이 바뀌었는지, 익스포터가 권한을 잃었는지.',
  }),
};

/** What the alerts on absence say. */
export const absenceTexts = { targetGone, signalsMissing };
