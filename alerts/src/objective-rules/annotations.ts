import { titleOf, windowName, windowSeconds } from '@sprout/objectives';
import type { SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { logsUrl, objectiveUrl, runbookUrl, tracesUrl } from '../rule/links.ts';
import type { AlertAnnotations } from '../rule/rule.ts';
import { inEveryLanguage } from '../texts/every-language.ts';
import type { AlertPair, CompiledObjective } from './pairs.ts';

/** What a person reads when the budget of an objective burns. */
export function burnAnnotations(
  config: SproutConfig,
  objective: CompiledObjective,
  pair: AlertPair,
): AlertAnnotations {
  return {
    ...inEveryLanguage(config, (language) =>
      (language === 'ko' ? inKorean : inEnglish)(config, objective, pair),
    ),
    runbook_url: runbookUrl(config, pair.alert),
    dashboard_url: objectiveUrl(config, objective.id),
    logs_url: logsUrl(config, objective.owner),
    traces_url: tracesUrl(config, objective.owner),
    budget_left: budgetLeft(objective, config.alerts.language),
    burn_rate: '{{ $value | printf "%.2f" }}',
    threshold: String(pair.factor),
    window: pair.long.name,
  };
}

/**
 * What the ledger says is left, with its minute. Prometheus asks when it evaluates the alert, so that
 * the text is as old as the last scrape of the SLO service.
 */
function budgetLeft(
  { id }: CompiledObjective,
  language: SproutConfig['alerts']['language'],
): string {
  const left = `slo_budget_left_ratio{objective='${id}'}`;
  const percent = '{{ . | first | value | humanizePercentage }}';
  const minute = `{{ with query "timestamp(${left})" }}{{ (. | first | value | toTime).Format "15:04 UTC" }}{{ end }}`;
  const [known, unknown] =
    language === 'ko'
      ? [
          `원장에 따르면 ${minute}에 ${percent} 남았습니다.`,
          '얼마나 남았는지 원장에서 알 수 없습니다.',
        ]
      : [
          `By the ledger ${percent} of it was left at ${minute}.`,
          'The ledger does not tell what is left.',
        ];
  return `{{ with query "${left}" }}${known}{{ else }}${unknown}{{ end }}`;
}

function inEnglish(config: SproutConfig, objective: CompiledObjective, pair: AlertPair) {
  const { factor, long, short } = pair;
  const { id, title, window, dependsOn } = objective;
  const look = 'Open the dashboard and see which bad events rose, and since when';
  return {
    summary: `${id}: the error budget burns more than ${factor} times as fast as promised`,
    description: `Promise: ${title}. Errors over the last ${long.name} came at {{ $value | printf "%.1f" }} times the allowed rate, and over the last ${short.name} at more than ${factor} times.`,
    impact: impactEn(config, objective),
    budget: `${spentPercent(objective, pair)} % of the budget of ${windowName(window)} goes in ${long.name} at ${factor} times; all of it lasts ${lasts(objective, pair)}.`,
    first_step:
      dependsOn.length === 0
        ? `${look}.`
        : `${look}; then look at what it depends on: ${dependsOn.join(', ')}.`,
  };
}

function inKorean(config: SproutConfig, objective: CompiledObjective, pair: AlertPair) {
  const { factor, long, short } = pair;
  const { id, window, dependsOn } = objective;
  const title = titleOf(objective).ko;
  const look = '대시보드를 열어 어떤 실패가 언제부터 늘었는지 확인하세요';
  return {
    summary: `${id}: 오류 예산이 약속보다 ${factor}배 넘게 빨리 소진되고 있습니다`,
    description: `약속: ${title}. 최근 ${long.name} 동안 오류가 허용치의 {{ $value | printf "%.1f" }}배, 최근 ${short.name} 동안 ${factor}배를 넘었습니다.`,
    impact: impactKo(config, objective),
    budget: `${factor}배 속도면 ${long.name} 동안 ${windowName(window)} 예산의 ${spentPercent(objective, pair)}%가 쓰이고, 전체는 ${lasts(objective, pair)} 안에 바닥납니다.`,
    first_step:
      dependsOn.length === 0
        ? `${look}.`
        : `${look}. 이어서 의존하는 목표를 확인하세요: ${dependsOn.join(', ')}.`,
  };
}

const lasts = ({ window }: CompiledObjective, { factor }: AlertPair): string =>
  formatDuration(Math.round(windowSeconds(window) / factor));

const spentPercent = ({ window }: CompiledObjective, { factor, long }: AlertPair): number =>
  Number(((100 * factor * long.nominalSeconds) / windowSeconds(window)).toPrecision(3));

function impactEn(config: SproutConfig, objective: CompiledObjective): string {
  const { sli } = objective;
  const what = routeOf(objective) ?? `events of ${objective.owner}`;
  const bad =
    sli.kind !== 'latency' || sli.thresholdSeconds === undefined
      ? `${routeOf(objective) === undefined ? what : `requests to ${what}`} fail`
      : `${routeOf(objective) === undefined ? what : `requests to ${what}`} fail or take longer than ${Math.round(sli.thresholdSeconds * 1000)} ms`;
  if (objective.pages) return `Users feel it: ${bad}.`;
  const leaning = dependents(config, objective);
  const atRisk = leaning.length === 0 ? '' : ` Promises that lean on it: ${leaning.join(', ')}.`;
  return `Not a page by itself: ${bad}.${atRisk}`;
}

function impactKo(config: SproutConfig, objective: CompiledObjective): string {
  const { sli, owner } = objective;
  const route = routeOf(objective);
  const what = route === undefined ? `${owner}의 처리가` : `${route} 요청이`;
  const bad =
    sli.kind !== 'latency' || sli.thresholdSeconds === undefined
      ? `${what} 실패합니다`
      : `${what} 실패하거나 ${Math.round(sli.thresholdSeconds * 1000)} ms보다 오래 걸립니다`;
  if (objective.pages) return `사용자가 느끼는 장애입니다: ${bad}.`;
  const leaning = dependents(config, objective);
  const atRisk = leaning.length === 0 ? '' : ` 이 목표에 기대는 약속: ${leaning.join(', ')}.`;
  return `그 자체로는 호출하지 않습니다: ${bad}.${atRisk}`;
}

const dependents = (config: SproutConfig, { id }: CompiledObjective): string[] =>
  config.objectives
    .filter(({ alerts, dependsOn }) => alerts && dependsOn.includes(id))
    .map((objective) => objective.id);

const routeOf = ({ pageGroup }: CompiledObjective): string | undefined =>
  pageGroup.startsWith('route-') ? `/${pageGroup.slice('route-'.length)}` : undefined;
