import type { AlertsConfig } from '@sprout/process';
import { inTime, linkTimes } from './link-time.ts';

/** File beside `alertmanager.yml` that holds the texts of notifications. */
export const templateFile = 'sprout.tmpl';

/** What the parts of a notification are called, in the languages of `alerts.language`. */
const words = {
  en: {
    firing: 'FIRING',
    resolved: 'RESOLVED',
    more: 'alerts',
    impact: 'What breaks',
    since: 'Since',
    until: 'until',
    budget: 'Budget',
    first: 'Do first',
    runbook: 'Runbook',
    dashboard: 'Dashboard',
    logs: 'Logs',
    traces: 'Traces',
  },
  ko: {
    firing: '장애',
    resolved: '복구',
    more: '건',
    impact: '영향',
    since: '시작',
    until: '종료',
    budget: '오류 예산',
    first: '먼저 할 일',
    runbook: '대응 절차',
    dashboard: '대시보드',
    logs: '로그',
    traces: '트레이스',
  },
} as const;

/**
 * Alertmanager's templates of a notification: what breaks for whom, since when, what it costs in
 * budget, what to do first, and where to look.
 */
export function notificationTemplate({ language }: Pick<AlertsConfig, 'language'>): string {
  const word = words[language];
  const time = 'UTC.Format "2006-01-02 15:04:05 UTC"';
  const line = (name: string, annotation: string) =>
    `{{ with .Annotations.${annotation} }}${name}: {{ . }}\n{{ end }}`;
  const link = (name: string, annotation: string) =>
    `{{ with .Annotations.${annotation} }}${name}: {{ .${inTime} }}\n{{ end }}`;
  return [
    `{{ define "sprout.title" }}[{{ if eq .Status "firing" }}${word.firing}{{ else }}${word.resolved}{{ end }}]`,
    ` {{ (index .Alerts 0).Annotations.summary }}`,
    `{{ if gt (len .Alerts) 1 }} ({{ len .Alerts }} ${word.more}){{ end }}{{ end }}\n\n`,
    `{{ define "sprout.text" }}{{ range .Alerts }}${linkTimes}{{ .Annotations.summary }}\n`,
    '{{ with .Annotations.description }}{{ . }}\n{{ end }}',
    line(word.impact, 'impact'),
    `${word.since}: {{ .StartsAt.${time} }}`,
    `{{ if eq .Status "resolved" }}, ${word.until} {{ .EndsAt.${time} }}{{ end }}\n`,
    line(word.budget, 'budget'),
    '{{ with .Annotations.budget_left }}{{ . }}\n{{ end }}',
    line(word.first, 'first_step'),
    line(word.runbook, 'runbook_url'),
    link(word.dashboard, 'dashboard_url'),
    link(word.logs, 'logs_url'),
    link(word.traces, 'traces_url'),
    '\n{{ end }}{{ end }}\n',
  ].join('');
}
