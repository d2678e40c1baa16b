import type { KoreanText } from './text.ts';

const instance = '{{ $labels.instance }}';
const service = '{{ $labels.service }}';

/** Alerts on MySQL and Redis. */
export const databaseTexts: Readonly<Record<string, KoreanText>> = {
  MySQLDown: {
    summary: `MySQL(${instance})에 접속할 수 없습니다`,
    impact: '이 데이터베이스를 쓰는 서비스가 대체 응답이나 오래된 페이지로 답합니다.',
    firstStep:
      'mariadb가 도는지 보세요(./sprout status). 마지막 줄은 .sprout/logs/mariadb.log에 있습니다.',
  },
  MySQLRestarted: {
    summary: `${instance}가 최근 15분 안에 다시 시작되었습니다`,
    impact: '연결이 모두 끊겼다가 다시 맺어졌습니다. 그 순간의 요청이 실패했을 수 있습니다.',
    firstStep:
      '예정된 재시작이 아니면 오류 로그에서 멈춘 까닭을 찾고, OutOfMemoryKill이 있었는지 보세요.',
  },
  MySQLSlowQueries: {
    summary: `${instance}: 2초마다 한 건꼴로 쿼리가 long_query_time보다 오래 걸립니다`,
    impact: '그 쿼리를 쓰는 요청이 느려지고, 연결을 오래 붙잡아 다른 요청도 기다립니다.',
    firstStep: '슬로 쿼리 로그에서 비용이 가장 큰 쿼리를 EXPLAIN 하세요.',
  },
  MySQLConnectionsNearMax: {
    summary: `${instance}: 연결의 80%가 넘게 사용 중입니다`,
    impact: '한계에 닿으면 새 연결이 모두 거절되어 요청이 실패합니다.',
    firstStep: 'SHOW PROCESSLIST를 사용자와 명령으로 묶어 누가 붙잡고 있는지 보세요.',
  },
  MySQLDeadlocks: {
    summary: `${instance}: 트랜잭션이 되풀이해서 교착 상태에 빠집니다`,
    impact: '매번 한쪽이 취소됩니다. 다시 시도하지 않는 요청은 실패합니다.',
    firstStep: 'SHOW ENGINE INNODB STATUS에 마지막 교착의 두 트랜잭션이 나옵니다.',
  },
  MySQLHistoryListLong: {
    summary: `${instance}: 언두 기록 백만 개가 한 트랜잭션이 끝나기를 기다립니다`,
    impact: '모든 읽기가 이 기록을 거치므로 쿼리가 느려지고 디스크가 찹니다.',
    firstStep: 'information_schema.innodb_trx에서 가장 오래된 트랜잭션을 찾으세요.',
  },
  MySQLNoWritablePrimary: {
    summary: `${service}: 쓰기를 받는 서버가 없습니다`,
    impact: '주문, 변경, 로그인처럼 기록하는 요청이 실패합니다.',
    firstStep: '왜 승격되지 않았는지 data-keeper의 로그나 SHOW SLAVE STATUS에서 확인하세요.',
  },
  MySQLMultipleWritable: {
    summary: `${service}: 쓰기를 받는 서버가 둘 이상입니다`,
    impact: '양쪽에 쓰인 내용은 다시 합칠 수 없고, 시간이 갈수록 나빠집니다.',
    firstStep: '서비스가 쓰지 않는 쪽에서 SET GLOBAL read_only = ON을 실행하세요.',
  },
  MySQLReplicaNotReceiving: {
    summary: `${instance}의 복제본이 주 서버에서 아무것도 받지 못합니다`,
    impact: '주 서버를 손실 없이 대신할 서버가 없고, 조회는 오래된 값을 읽습니다.',
    firstStep: 'SHOW SLAVE STATUS의 Last_IO_Error에서 네트워크인지 로그인인지 확인하세요.',
  },
  MySQLReplicaNotApplying: {
    summary: `${instance}의 복제본이 받은 내용을 적용하지 못합니다`,
    impact: '조회는 오래된 값을 읽습니다. 받은 내용은 안전하게 기다립니다.',
    firstStep: 'SHOW SLAVE STATUS의 Last_SQL_Error에 맞지 않는 문장이 나옵니다.',
  },
  MySQLReplicationLagHigh: {
    summary: `${instance}의 복제본이 10초 넘게 뒤처져 있습니다`,
    impact: '조회가 주 서버로 몰려 주 서버가 두 몫의 부하를 집니다.',
    firstStep: '주 서버에 긴 트랜잭션이 있는지 보세요. 복제본은 그것을 한 번에 적용합니다.',
  },
  MySQLReplicationLagCritical: {
    summary: `${instance}의 복제본이 5분 넘게 뒤처져 있습니다`,
    impact: '지금 주 서버가 멈추면 복제본이 따라잡을 때까지 아무도 쓰기를 받지 못합니다.',
    firstStep: '따라잡고 있는지 보고, 아니라면 주 서버의 부하를 덜어 내세요.',
  },
  RedisDown: {
    summary: `Redis(${instance})에 접속할 수 없습니다`,
    impact: '조회가 모두 데이터베이스로 가고 큐를 쓰는 주문은 기다립니다.',
    firstStep:
      'redis가 도는지 보세요(./sprout status). 마지막 줄은 .sprout/logs/redis.log에 있습니다.',
  },
  RedisRestarted: {
    summary: `${instance}가 최근 15분 안에 다시 시작되었습니다`,
    impact: '연결이 끊겼다가 다시 맺어졌고, 마지막 1초의 쓰기를 잃었을 수 있습니다.',
    firstStep:
      '예정된 재시작이 아니면 로그에서 까닭을 찾고, 큐 대시보드에서 스트림이 다시 흐르는지 보세요.',
  },
  RedisRejectingClients: {
    summary: `Redis(${instance})가 연결을 거절합니다: 클라이언트 수가 한계입니다`,
    impact: '거절된 서비스는 캐시와 큐를 쓰지 못합니다.',
    firstStep: 'CLIENT LIST를 주소로 묶어 누가 연결을 쌓는지 확인하세요.',
  },
  RedisMemoryNearMax: {
    summary: `${instance}: maxmemory의 90%가 넘게 사용 중입니다`,
    impact: '한계에 닿으면 키를 버리거나 쓰기를 거절하며, 주문 스트림도 예외가 아닙니다.',
    firstStep: '가장 큰 키를 찾으세요: redis-cli --bigkeys.',
  },
  RedisEvicting: {
    summary: `${instance}가 자리를 만들려고 키를 버리고 있습니다`,
    impact: '캐시가 덜 맞아 데이터베이스 부하가 커집니다.',
    firstStep:
      '무엇이 자리를 쓰는지 보고(redis-cli --memkeys), 모두 필요하면 maxmemory를 늘리세요.',
  },
  RedisPersistenceFailed: {
    summary: `Redis(${instance})가 로그를 디스크에 쓰지 못합니다`,
    impact: '지금 멈추면 그동안의 큐 메시지를 잃습니다.',
    firstStep:
      'df -h로 디스크가 가득 찼는지 보고 비우세요. 다시 쓰기 전에는 Redis를 재시작하지 마세요.',
  },
  RedisClusterNotOk: {
    summary: `Redis(${instance})가 명령을 받지 않습니다: 클러스터에 과반수가 없습니다`,
    impact: '이 노드가 맡은 키의 주문이 멈추고 페이지는 데이터베이스에서 나갑니다.',
    firstStep: '마스터마다 CLUSTER NODES로 무엇이 보이는지 묻고, 멈춘 노드를 시작하세요.',
  },
  RedisClusterSlotsUncovered: {
    summary: `Redis(${instance})가 아는 슬롯 중에 아무도 맡지 않은 것이 있습니다`,
    impact: '그 슬롯의 키를 쓰는 명령이 실패합니다: 일부 주문이 기다립니다.',
    firstStep: 'redis-cli --cluster check로 어느 슬롯이 누구 것이었는지 확인하세요.',
  },
  RedisClusterSlotsFail: {
    summary: `Redis(${instance})가 보기에 마스터가 실패했고 대신할 복제본이 없습니다`,
    impact: '그 마스터가 맡은 슬롯의 키를 쓰는 명령이 실패합니다: 일부 주문이 기다립니다.',
    firstStep: '실패한 노드나 그 복제본을 시작하세요. RedisDown이 이름을 알려 줍니다.',
  },
  RedisReplicaLinkDown: {
    summary: `Redis(${instance})가 마스터의 소식을 듣지 못합니다`,
    impact: '지금 마스터가 멈추면 그 뒤에 쓰인 것을 잃습니다.',
    firstStep: '마스터가 도는지 보고, 복제본 로그에서 로그인, 네트워크, 전체 복사를 확인하세요.',
  },
  RedisReplicationLagHigh: {
    summary: `Redis(${instance})의 복제본 :{{ $labels.slave_port }}가 뒤처지고 있습니다`,
    impact: '지금 마스터가 멈추면 복제본이 받지 못한 것을 잃습니다.',
    firstStep:
      '양쪽의 오프셋을 비교하세요(INFO replication): 느린 네트워크인지 바쁜 복제본인지 보입니다.',
  },
};
