import { sliRecording } from '@sprout/objectives';
import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { aggregate, over, unless } from '@sprout/query';
import { environmentLabel } from '../rule/labels.ts';
import { objectiveUrl, runbookUrl } from '../rule/links.ts';
import type { AlertRule } from '../rule/rule.ts';
import { inEveryLanguage } from '../texts/every-language.ts';

/** Before time compression: measured within the hour, and not within five minutes. */
const memorySeconds = 3600;
const missingSeconds = 300;
const forSeconds = 300;

/**
 * A renamed metric or a service that left makes burn-rate alerts silent, not loud. One rule tells
 * for all objectives that nothing is counted any more.
 */
export function objectiveUnmeasured(config: SproutConfig): AlertRule {
  const { scaled } = timing(config.timeScale);
  const recorded = { metric: sliRecording('valid', '5m', '').metric, matchers: [] };
  const seen = (within: number) =>
    aggregate('group', ['objective'], over('present_over_time', recorded, scaled(within)));
  const objective = '{{ $labels.objective }}';
  return {
    kind: 'alert',
    alert: 'ObjectiveUnmeasured',
    expr: unless(seen(memorySeconds), seen(missingSeconds)),
    forSeconds: scaled(forSeconds),
    labels: {
      severity: 'ticket',
      page_group: `objective-${objective}`,
      service: 'slo-service',
      team: 'platform',
      component: 'slo',
      ...environmentLabel(config),
    },
    annotations: {
      ...inEveryLanguage(config, (language) => texts[language](objective)),
      runbook_url: runbookUrl(config, 'ObjectiveUnmeasured'),
      dashboard_url: objectiveUrl(config, objective),
    },
  };
}

const english = (objective: string) => ({
  summary: `${objective}: nothing is counted any more`,
  description: 'No valid event has been recorded for ten minutes, although there were some before.',
  impact: 'The promise may break unnoticed: its burn-rate alerts cannot fire without events.',
  first_step: 'See whether its service is scraped, and whether a metric or label was renamed.',
});

const korean = (objective: string) => ({
  summary: `${objective}: 이벤트가 더 이상 집계되지 않습니다`,
  description: '이전에는 있었던 유효 이벤트가 10분 동안 기록되지 않았습니다.',
  impact: '소진율 경보가 울릴 수 없으므로 약속이 깨져도 모를 수 있습니다.',
  first_step: '서비스가 수집되고 있는지, 지표나 레이블 이름이 바뀌었는지 확인하세요.',
});

const texts = { en: english, ko: korean };
