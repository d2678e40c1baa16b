import type { SproutConfig } from '@sprout/process';
import { call } from '@sprout/query';
import { runbookUrl } from '../rule/links.ts';
import type { AlertRule } from '../rule/rule.ts';

/**
 * Always fires, so that its absence tells that the way from rules to people is broken. It has a
 * receiver of its own and never becomes a page.
 */
export function watchdog(config: SproutConfig): AlertRule {
  return {
    kind: 'alert',
    alert: 'Watchdog',
    expr: call('vector', '1'),
    forSeconds: 0,
    labels: {
      severity: 'info',
      page_group: 'watchdog',
      service: 'prometheus',
      team: 'platform',
    },
    annotations: {
      summary: 'Rules are evaluated and alerts are delivered',
      description:
        'This alert always fires. When it stops arriving, no other alert arrives either.',
      impact: 'None while it fires; without it, outages go unnoticed.',
      first_step: 'Only when it is missing: look at Prometheus, then at Alertmanager.',
      runbook_url: runbookUrl(config, 'Watchdog'),
      dashboard_url: `${config.links.console}/`,
    },
  };
}
