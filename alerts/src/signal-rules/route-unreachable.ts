import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { aggregate, and, compare, increase, over, series, sumBy, unless } from '@sprout/query';
import { environmentLabel } from '../rule/labels.ts';
import { runbookUrl } from '../rule/links.ts';
import type { AlertRule } from '../rule/rule.ts';
import { inEveryLanguage } from '../texts/every-language.ts';

/** Before time compression: no probe of the last minute arrived, and that for a minute. */
const windowSeconds = 60;
const forSeconds = 60;
/** A route that has not answered within the last hour is being set up rather than broken. */
const memorySeconds = 3600;

/**
 * A dead gateway counts nothing, so its burn rate is fed by probes alone and an hour of good
 * traffic hides the outage from it for most of the next hour. Probes that all fail page at once.
 */
export function routeUnreachableAlerts(config: SproutConfig): AlertRule[] {
  const probed = Map.groupBy(config.probes, ({ route }) => route);
  return [...probed].map(([route, [probe]]) =>
    routeUnreachable(
      config,
      route,
      probe !== undefined && 'process' in probe.endpoint ? probe.endpoint.process : route,
    ),
  );
}

function routeUnreachable(config: SproutConfig, route: string, service: string): AlertRule {
  const { scaled } = timing(config.timeScale);
  const probes = (outcome: string) => series('probe_requests_total', { outcome, route });
  const recent = (outcome: string) =>
    compare(sumBy(['route'], increase(probes(outcome), scaled(windowSeconds))), '>', 0);
  const everArrived = over('max_over_time', probes('arrived'), scaled(memorySeconds));
  const answeredBefore = compare(aggregate('max', ['route'], everArrived), '>', 0);
  return {
    kind: 'alert',
    alert: 'RouteUnreachable',
    expr: and(unless(recent('unreachable'), recent('arrived')), answeredBefore),
    forSeconds: scaled(forSeconds),
    labels: {
      severity: 'page',
      page_group: `route-${route}`,
      service,
      team: service,
      component: service,
      route,
      ...environmentLabel(config),
    },
    annotations: {
      ...inEveryLanguage(config, (language) => texts[language](route, service)),
      runbook_url: runbookUrl(config, 'RouteUnreachable'),
      dashboard_url: `${config.links.grafana === undefined ? config.links.console : config.links.grafana}/`,
    },
  };
}

const english = (route: string, service: string) => ({
  summary: `/${route} cannot be reached: every probe fails`,
  description: `For a minute no probe of /${route} has arrived at ${service}.`,
  impact: `Users get no answer at all from /${route}.`,
  first_step: `Check that ${service} runs and listens: ./sprout status.`,
});

const korean = (route: string, service: string) => ({
  summary: `/${route}에 닿을 수 없습니다: 모든 탐침이 실패합니다`,
  description: `1분 동안 /${route}의 탐침이 하나도 ${service}에 닿지 못했습니다.`,
  impact: `사용자가 /${route}에서 아무 응답도 받지 못합니다.`,
  first_step: `${service}가 돌고 있는지, 포트를 열고 있는지 확인하세요: ./sprout status.`,
});

const texts = { en: english, ko: korean };
