import type { KoreanText } from './text.ts';

const service = '{{ $labels.service }}';

/** Alerts on the market's services, its gateway, queue and batch jobs. */
export const serviceTexts: Readonly<Record<string, KoreanText>> = {
  TrafficAbsent: {
    summary: '/{{ $labels.route }} 요청이 한 시간 전의 10분의 1도 되지 않습니다',
    impact: '사용자가 상점에 닿지 못합니다. 게이트웨이보다 앞에서 요청이 사라지고 있습니다.',
    firstStep:
      '외부에서 공개 주소로 직접 요청해 보세요: 도메인, 인증서, 로드 밸런서, 네트워크 순서로 확인합니다.',
  },
  TrafficDropVsLastWeek: {
    summary: `${service}: 요청이 지난주 같은 시각의 절반에 못 미칩니다`,
    impact: '사용자가 접속하지 못하거나, 앞단에서 요청이 사라지고 있을 수 있습니다.',
    firstStep: '다른 서비스의 트래픽, 예정된 변경과 비교하세요.',
  },
  HighErrorRatio: {
    summary: `${service}: 응답의 5%가 넘게 오류입니다`,
    impact: `${service}에 요청하는 사용자와 서비스가 오류를 받습니다.`,
    firstStep: '대시보드에서 어느 경로가 언제부터 실패하는지 보고, 그 시각의 오류 로그를 읽으세요.',
  },
  LatencyP99High: {
    summary: `${service}: 요청 100건 중 1건이 2초보다 오래 걸립니다`,
    impact: '기다리던 사용자가 떠나고, 부르는 쪽의 시간 제한에 걸리기 시작합니다.',
    firstStep: '느린 요청의 트레이스를 열어 어느 구간에서 시간이 쓰이는지 확인하세요.',
  },
  RetryStorm: {
    summary: `${service}가 받은 요청 하나마다 세 번 넘게 다른 서비스를 호출합니다`,
    impact: '호출받는 쪽이 감당할 수 없는 요청을 받아 회복하지 못합니다.',
    firstStep: '어디를 호출하다 무엇이 실패하는지 보고, 실패를 고치기 전에 재시도부터 멈추세요.',
  },
  CircuitOpen: {
    summary: '게이트웨이가 /{{ $labels.route }} 뒤의 서비스 호출을 멈췄습니다',
    impact: '이 경로의 사용자는 대체 응답을 받으며, 그 하나하나가 오류 예산을 씁니다.',
    firstStep: '경로 뒤의 서비스를 확인하세요. 그 서비스가 실패해서 차단기가 열렸습니다.',
  },
  CircuitFlapping: {
    summary: '/{{ $labels.route }}의 차단기가 열리고 닫히기를 되풀이합니다',
    impact: '사용자는 정상 응답과 대체 응답을 번갈아 받습니다. 뒤의 서비스가 한계에 걸쳐 있습니다.',
    firstStep:
      '뒤의 서비스가 부하에 밀리는지(CpuSaturated, PoolExhausted), 인스턴스 하나만 고장인지 확인하세요.',
  },
  CacheFailing: {
    summary: `${service}: 페이지 캐시가 실패해 모든 읽기가 데이터베이스로 갑니다`,
    impact: '응답이 느려지고 데이터베이스 부하가 커집니다. 오래가면 조회가 실패할 수 있습니다.',
    firstStep:
      'Redis가 응답하는지 보세요(./sprout status, redis-cli PING). 응답하면 이 서비스의 로그인을 확인하세요.',
  },
  DatabaseCallsFailing: {
    summary: `${service}: {{ $labels.db_system_name }} 호출의 5%가 넘게 실패합니다`,
    impact: `${service}의 요청 일부가 오류나 대체 응답으로 끝납니다.`,
    firstStep: '"database call failed" 로그의 error.type이 원인을 말해 줍니다.',
  },
  PoolExhausted: {
    summary: `${service}: {{ $labels.pool }} 풀의 연결을 얻으려고 기다리고 있습니다`,
    impact: '기다리는 만큼 응답이 느려지고, 줄이 가득 차면 요청이 거절됩니다.',
    firstStep: 'SHOW PROCESSLIST에서 연결을 붙잡은 느린 쿼리나 끝나지 않은 트랜잭션을 찾으세요.',
  },
  EventLoopLagHigh: {
    summary: `${service}: 이벤트 루프가 0.5초 넘게 막혀 있습니다`,
    impact: `${service}의 모든 요청이 그만큼 함께 늦어집니다.`,
    firstStep:
      'kill -USR1 PID로 인스펙터를 열어, 다시 시작하기 전에 10초짜리 CPU 프로파일을 뜨세요.',
  },
  CpuSaturated: {
    summary: `${service}: 하나뿐인 스레드가 쉬지 못하고 있습니다`,
    impact: '요청이 줄을 서며, 트래픽이 더 늘면 시간 제한에 걸립니다.',
    firstStep: '인스턴스를 늘리거나, 가장 바쁜 인스턴스의 CPU 프로파일을 뜨세요.',
  },
  ProcessRestarting: {
    summary: `${service} ({{ $labels.instance }})가 계속 다시 시작됩니다`,
    impact: '다시 시작할 때마다 처리 중이던 요청을 잃습니다.',
    firstStep: '마지막 시작 직전의 로그를 읽으세요. 오류가 적혀 있습니다.',
  },
  MessagesFailing: {
    summary: `${service}: {{ $labels.stream }} 메시지의 10%가 넘게 실패합니다`,
    impact: '메시지가 처리될 때까지 주문의 결과가 나오지 않습니다.',
    firstStep:
      '실패한 메시지의 트레이스를 열어 전부인지 한 종류인지 보세요. 포기한 것은 ./sprout queue dead에 있습니다.',
  },
  LagGrowing: {
    summary: '{{ $labels.group }}가 {{ $labels.stream }}을 점점 더 따라가지 못합니다',
    impact: '네 시간이면 스트림이 가득 차고, 처리되지 않은 가장 오래된 메시지부터 버려집니다.',
    firstStep:
      '큐 대시보드에서 들어오는 양과 나가는 양을 비교하세요. 소비자가 느리면 ./sprout scale이 도움이 됩니다.',
  },
  OldestMessageAge: {
    summary: '{{ $labels.stream }}의 메시지가 {{ $labels.group }}를 1분 넘게 기다리고 있습니다',
    impact: '메시지가 전하는 일(재고 차감이나 주문의 결과)이 아직 일어나지 않았습니다.',
    firstStep:
      '그룹에 소비자가 있는지, 대기 중인 메시지가 하나인지 전부인지 큐 대시보드의 "Groups" 줄에서 보세요.',
  },
  NoConsumers: {
    summary: '{{ $labels.group }}에서 {{ $labels.stream }}을 읽는 소비자가 없습니다',
    impact: '이벤트가 쌓입니다. 주문은 접수되지만 다시 읽을 때까지 대기 상태로 남습니다.',
    firstStep:
      '그룹과 이름이 같은 서비스가 도는지 보고(./sprout status), 돈다면 읽지 못하는 까닭을 로그에서 찾으세요.',
  },
  DeadLetters: {
    summary: '{{ $labels.stream }}의 메시지가 포기되어 결정을 기다립니다',
    impact: '하나하나가 돌려줄 때까지 일어나지 않을 주문, 결과 또는 재고 반환입니다.',
    firstStep:
      './sprout queue dead {{ $labels.stream }}로 까닭을 보고 고친 뒤 ./sprout queue replay {{ $labels.stream }} --all로 돌려주세요.',
  },
  HeapNearLimit: {
    summary: `${service} ({{ $labels.instance }}): 힙의 85%가 넘게 사용 중입니다`,
    impact: '가비지 수집에 점점 더 많은 시간이 들고, 100%에 이르면 프로세스가 끝납니다.',
    firstStep:
      '정점 뒤에 힙이 줄어드는지 보세요. 줄지 않으면 누수이니 힙 스냅숏을 뜬 뒤 다시 시작하세요.',
  },
  OrdersStuck: {
    summary: '주문이 1분 넘게 재고 확인을 기다리고 있습니다',
    impact: '고객은 주문이 접수되었다는 답을 받았지만 그 뒤로 아무것도 진행되지 않습니다.',
    firstStep: 'product가 주문 스트림에서 메시지를 받는지 로그와 큐 대시보드에서 확인하세요.',
  },
  OutboxStuck: {
    summary: `${service}: 이벤트가 아웃박스에 쌓인 채 큐로 나가지 못합니다`,
    impact: '새 주문이 다음 단계로 넘어가지 않습니다. 잃는 것은 없지만 기다립니다.',
    firstStep:
      '큐(Redis 또는 Kafka)가 도는지 보고(./sprout status), 로그에서 중계의 오류를 읽으세요.',
  },
  BatchFailing: {
    summary: '배치 작업 {{ $labels.batch_job }}이 15분 동안 두 번 넘게 실패했습니다',
    impact: '배송 완료와 정리가 미뤄지고, 처리할 주문이 쌓입니다.',
    firstStep:
      'batch-order의 "batch failed" 로그에서 까닭을 읽고, order가 응답하는지 보세요: ./sprout status.',
  },
  BatchTooLong: {
    summary: '배치 작업 {{ $labels.batch_job }}의 실행이 다음 실행까지의 간격만큼 길어졌습니다',
    impact: '작업이 일정을 따라가지 못하고, 앞 실행이 끝나기 전의 실행은 건너뛰게 됩니다.',
    firstStep:
      '일의 양인지 속도인지 가리세요. batch_items_total을 이전 시간과 비교하고 order의 지연 시간을 보세요.',
  },
  BatchNotRun: {
    summary: '배치 작업 {{ $labels.batch_job }}이 5분째 끝까지 돌지 못했습니다',
    impact: '배송 완료와 정리가 미뤄집니다. 고객에게 보이는 주문 상태가 오래된 것일 수 있습니다.',
    firstStep:
      'batch_runs_total의 outcome을 보세요: failed(order나 Redis가 없음), partial(일부 주문), held(다른 실행기).',
  },
  BudgetExhausted: {
    summary: '{{ $labels.objective }}: 이번 기간의 오류 예산을 모두 썼습니다',
    impact: '남은 기간에 무슨 일이 있어도 이번 기간의 약속은 깨졌습니다.',
    firstStep: '위험한 변경을 멈추고, 보고서에서 어느 시간에 예산이 쓰였는지 확인하세요.',
  },
};
