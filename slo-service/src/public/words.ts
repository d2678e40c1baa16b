import { formatRatio } from '@sprout/objectives/figure';
import type { PublicMark } from './public-status.ts';

/** Words of the badge, the status page and its feeds. */
export const publicWords = {
  en: {
    language: 'en',
    title: 'Service status',
    verdicts: { kept: 'kept', at_risk: 'at risk', broken: 'broken', unknown: 'not measured' },
    sentences: {
      kept: 'Works as promised.',
      at_risk: 'Works worse than it should at the moment.',
      broken: 'Was worse than promised in this period.',
      unknown: 'Nothing was measured.',
    },
    allKept: 'All services work as promised.',
    someNot: (count: number, total: number) =>
      `${count} of ${total} services ${count === 1 ? 'does' : 'do'} not work as promised.`,
    nothing: 'No promise is shown here.',
    left: (fraction: number) => `${formatRatio(Math.max(0, fraction))} of budget left`,
    day: (date: string, compliance: number | null, target: number) =>
      `${date}: ${compliance === null ? 'not measured' : `${formatRatio(compliance, target)} answered well`}`,
    strip: (days: number) => `The last ${days} days, oldest first`,
    period: (compliance: number, target: number, days: number) =>
      `${formatRatio(compliance, target)} answered well in ${days} days`,
    legend: { good: 'as promised', bad: 'worse than promised', none: 'not measured' },
    incidents: (days: number) => `Incidents of the last ${days} days`,
    noIncidents: 'There were none.',
    ongoing: 'goes on',
    minutes: (count: number) => `${count} min`,
    announcements: 'Announcements',
    noAnnouncements: 'There are none.',
    marks: { simulated: 'simulated', approximate: 'approximate' },
    partlySimulated: 'partly simulated',
    simulated: (from: string, to: string) =>
      `Simulated: what stands here from ${from} to ${to} never happened.`,
    asOf: (at: string) => `As of ${at}`,
    other: '한국어',
  },
  ko: {
    language: 'ko',
    title: '서비스 상태',
    verdicts: { kept: '지켜짐', at_risk: '위험', broken: '어김', unknown: '측정되지 않음' },
    sentences: {
      kept: '약속대로 동작합니다.',
      at_risk: '지금은 평소보다 좋지 않습니다.',
      broken: '이 기간에 약속보다 좋지 않았습니다.',
      unknown: '측정된 것이 없습니다.',
    },
    allKept: '모든 서비스가 약속대로 동작합니다.',
    someNot: (count: number, total: number) =>
      `서비스 ${total}개 중 ${count}개가 약속대로 동작하지 않습니다.`,
    nothing: '보여 줄 약속이 없습니다.',
    left: (fraction: number) => `예산 ${formatRatio(Math.max(0, fraction))} 남음`,
    day: (date: string, compliance: number | null, target: number) =>
      `${date}: ${compliance === null ? '측정되지 않음' : `${formatRatio(compliance, target)} 정상 응답`}`,
    strip: (days: number) => `최근 ${days}일, 오래된 날부터`,
    period: (compliance: number, target: number, days: number) =>
      `${days}일 동안 ${formatRatio(compliance, target)} 정상 응답`,
    legend: { good: '약속대로', bad: '약속에 못 미침', none: '측정되지 않음' },
    incidents: (days: number) => `최근 ${days}일의 장애`,
    noIncidents: '장애가 없었습니다.',
    ongoing: '진행 중',
    minutes: (count: number) => `${count}분`,
    announcements: '공지',
    noAnnouncements: '공지가 없습니다.',
    marks: { simulated: '모의', approximate: '근사' },
    partlySimulated: '일부 모의',
    simulated: (from: string, to: string) =>
      `모의 데이터: ${from}부터 ${to}까지의 내용은 실제로 일어난 일이 아닙니다.`,
    asOf: (at: string) => `${at} 기준`,
    other: 'English',
  },
} as const;

export type PublicWords = (typeof publicWords)[keyof typeof publicWords];

/** Each in brackets. */
export const marksIn = (marks: readonly PublicMark[], w: PublicWords): readonly string[] =>
  marks.map((mark) => `(${w.marks[mark]})`);
