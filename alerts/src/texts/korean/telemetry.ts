import type { KoreanText } from './text.ts';

const service = '{{ $labels.service }}';

/** Alerts on what watches the others. */
export const telemetryTexts: Readonly<Record<string, KoreanText>> = {
  TargetDown: {
    summary: `${service} ({{ $labels.instance }})가 수집에 응답하지 않습니다`,
    impact: '이 인스턴스가 멈췄거나, 적어도 지금 어떤지 아무도 모릅니다.',
    firstStep:
      '프로세스가 도는지 보고(./sprout status), 돈다면 /metrics를 직접 불러 보고 마지막 로그를 읽으세요.',
  },
  CollectorDown: {
    summary: '수집기가 지표를 쓰지 않습니다: 아무것도 측정되지 않고 다른 경보도 울리지 못합니다',
    impact: '사용자가 서비스를 받고 있는지 아무도 알 수 없습니다.',
    firstStep: '수집기가 도는지 확인하고(./sprout status) 마지막 로그를 읽으세요.',
  },
  TelemetryLost: {
    summary: `${service}가 {{ $labels.signal }}을 잃고 있습니다: {{ $labels.reason }}`,
    impact: '장애를 살필 때 트레이스와 로그에 빈틈이 있습니다. 요청에는 영향이 없습니다.',
    firstStep:
      'queue_full이면 수집기가 돌고 있는지와 속도를 보고, rejected면 수집기 로그에서 까닭을 읽으세요.',
  },
  CollectorDropping: {
    summary:
      '수집기가 {{ $labels.consumer }}로 갈 {{ $labels.signal }}을 버립니다: {{ $labels.reason }}',
    impact: '버려진 것은 돌아오지 않습니다. 그 시간의 조회에 빈틈이 생깁니다.',
    firstStep:
      '그 소비자의 collector_queue_age_seconds가 언제부터 늘었는지, 무엇을 기다리는지 보세요.',
  },
  CollectorQueueOld: {
    summary: '{{ $labels.signal }}이 {{ $labels.consumer }}를 2분 넘게 기다리고 있습니다',
    impact: '보이는 것이 그만큼 늦습니다. 디스크가 찰 때까지 잃는 것은 없습니다.',
    firstStep:
      '나이가 줄면 따라잡는 중입니다. 아니면 Prometheus가 도는지(remote-write), 디스크가 느린지(store) 보세요.',
  },
  CollectorRefusing: {
    summary: '수집기가 텔레메트리를 거절합니다: {{ $labels.reason }}',
    impact: '보내는 쪽이 잠시 쌓아 두지만, 오래가면 잃습니다.',
    firstStep:
      'disk면 df -h .sprout, journal_full이면 수집기 대시보드에서 뒤처진 소비자, busy면 많이 보내는 쪽을 찾으세요.',
  },
  CollectorScrapesLost: {
    summary: '지표 저널이 표본을 받지 않아 지표에 빈틈이 생깁니다',
    impact: '그 시간에는 경보가 울리지 못하고 예산이 측정되지 않습니다.',
    firstStep:
      'df -h .sprout로 디스크를 보고, 여유가 있으면 Prometheus가 멈춰 저널이 찬 것인지 보세요.',
  },
  CollectorSeriesCapped: {
    summary: '스팬 이름이 한없이 늘어, 스팬에서 만든 지표가 한데 묶이고 있습니다',
    impact: '서비스 지도와 스팬 지표에서 새 이름이 구별되지 않습니다.',
    firstStep:
      'topk(20, count by (span_service, span_name) (traces_span_requests_total))에서 식별자가 든 이름을 찾으세요.',
  },
  CardinalityJump: {
    summary: '만들어지는 시계열이 하루 전의 두 배입니다',
    impact: '지표에 메모리와 비용이 더 들고, 한계에 닿으면 시계열이 한데 묶입니다.',
    firstStep: '스팬 이름을 개수로 세어 보세요. 이름에 식별자가 있으면 하나마다 시계열이 됩니다.',
  },
  SloMeterStale: {
    summary: 'SLO 측정기가 새 표본을 읽지 못해 예산이 멈춰 있습니다',
    impact: '콘솔과 보고서의 예산이 오래된 값입니다. 소진율 경보는 따로 울립니다.',
    firstStep:
      'Prometheus와 수집기가 도는지 보고(./sprout status), 돈다면 .sprout/logs/slo-service.log를 읽으세요.',
  },
  PrometheusConfigFailed: {
    summary: 'Prometheus가 옛 설정으로 돌고 있습니다: 새 설정이 거절되었습니다',
    impact: '새 규칙과 경보가 아직 적용되지 않았습니다.',
    firstStep: 'promtool check config와 .sprout/logs/prometheus.log가 거절된 줄을 알려 줍니다.',
  },
  RuleEvaluationFailing: {
    summary:
      'Prometheus가 규칙 묶음 {{ reReplaceAll "^.*;" "" $labels.rule_group }}의 규칙을 계산하지 못합니다',
    impact: '그 묶음의 경보는 울리지 못합니다.',
    firstStep:
      'Prometheus의 /rules 화면에서 규칙 옆의 오류를 읽으세요. 레이블이 같은 시계열이 둘인 때가 많습니다.',
  },
  AlertsNotDelivered: {
    summary: 'Prometheus가 경보를 Alertmanager에 넘기지 못합니다',
    impact: '경보가 울려도 아무도 듣지 못합니다.',
    firstStep:
      'alertmanager가 도는지 보고(./sprout status), 돈다면 .sprout/logs/prometheus.log의 오류를 읽으세요.',
  },
  NotificationsFailing: {
    summary: 'Alertmanager가 {{ $labels.integration }}로 알리지 못합니다',
    impact: '그 길로 알림을 받는 사람은 장애를 모릅니다.',
    firstStep:
      '.sprout/logs/alertmanager.log에서 받는 쪽의 응답을 읽으세요: 틀린 주소인지, 만료된 토큰인지 나옵니다.',
  },
};
