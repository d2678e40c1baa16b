import { alertCheck } from './subject.ts';

export const link = alertCheck({
  name: 'rule-link',
  summary: 'A link that is no address once its labels are filled in.',
  why: 'Mail and chat cut a link at its first space.',
  fix: 'Percent-encode what is written into the link.',
  bad: {
    annotations: {
      summary: 'the queue is long',
      description: 'long',
      impact: 'none',
      first_step: 'look',
      runbook_url: 'alerts/runbooks/QueueLong.md',
      dashboard_url: 'https://grafana.example/d/queue?var-queue=order queue',
    },
  },
  messages: ({ annotations }) =>
    Object.entries(annotations)
      .filter(([key]) => key.endsWith('_url'))
      .filter(([, url]) => /[\s"<>]/.test(url.replaceAll(/\{\{.*?\}\}/g, 'x')))
      .map(([key]) => `${key} is cut where it is shown`),
});
