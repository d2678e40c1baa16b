import type { SproutConfig } from '@sprout/process';
import { call } from '@sprout/query';
import { environmentLabel } from '../rule/labels.ts';
import { runbookUrl } from '../rule/links.ts';
import type { AlertRule } from '../rule/rule.ts';
import { inEveryLanguage } from '../texts/every-language.ts';

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
      component: 'alerting',
      ...environmentLabel(config),
    },
    annotations: {
      ...inEveryLanguage(config, (language) => texts[language]),
      runbook_url: runbookUrl(config, 'Watchdog'),
      dashboard_url: `${config.links.console}/`,
    },
  };
}

const english = {
  summary: 'Rules are evaluated and alerts are delivered',
  description: 'This alert always fires. When it stops arriving, no other alert arrives either.',
  impact: 'None while it fires; without it, outages go unnoticed.',
  first_step: 'Only when it is missing: look at Prometheus, then at Alertmanager.',
};

const korean = {
  summary: '규칙이 계산되고 경보가 전달되고 있습니다',
  description: '이 경보는 늘 울립니다. 도착하지 않으면 다른 경보도 도착하지 않습니다.',
  impact: '울리는 동안은 없습니다. 끊기면 장애를 아무도 모르게 됩니다.',
  first_step: '끊겼을 때만: 먼저 Prometheus를, 그다음 Alertmanager를 확인하세요.',
};

const texts = { en: english, ko: korean };
