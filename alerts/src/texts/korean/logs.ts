import type { KoreanText } from './text.ts';

const service = '{{ $labels.log_service }}';

/** Alerts on log lines. */
export const logTexts: Readonly<Record<string, KoreanText>> = {
  ErrorLogSpike: {
    summary: `${service}의 오류 로그가 평소의 다섯 배입니다`,
    impact: '새로운 종류의 실패가 시작되었을 수 있습니다. 아직 약속은 지켜지고 있을 수 있습니다.',
    firstStep: `어느 메시지가 새로운지 보세요: ./sprout logs '{service="${service}"} | level="error"' --since 15m`,
  },
  ErrorLogsMany: {
    summary: `${service}가 10분 동안 오류 로그를 100줄 넘게 남겼습니다`,
    impact: `${service}가 하는 일의 일부가 계속 실패하고 있습니다.`,
    firstStep: '로그 대시보드에서 오류를 메시지별로 묶고, 첫 줄 바로 앞에 배포가 있었는지 보세요.',
  },
  LogsAbsent: {
    summary: `${service}의 로그가 거의 끊겼습니다`,
    impact: '지금 실패하는 일은 흔적이 남지 않고, 로그를 세는 경보는 울리지 못합니다.',
    firstStep: '요청이 들어오는지 먼저 보고, 그다음 로그 전송 큐와 수집기를 확인하세요.',
  },
  UncaughtError: {
    summary: `${service}가 아무도 처리하지 않은 오류로 종료되었습니다`,
    impact: '그때 처리하던 요청을 잃었습니다.',
    firstStep: '로그 줄에 스택이 있습니다. 바로 앞에 배포가 있었는지도 확인하세요.',
  },
  AuthFailureBurst: {
    summary: `${service}가 5분 동안 요청 50건 넘게 인증을 거절했습니다`,
    impact:
      '누군가 암호를 시험하고 있거나, 자격 증명을 잃은 클라이언트의 사용자가 쓰지 못하고 있습니다.',
    firstStep: '로그를 주소별로 묶으세요. 한 주소면 공격, 여러 주소면 고장 난 클라이언트입니다.',
  },
  DatabaseAccessFailing: {
    summary: `${service}가 MySQL을 쓰지 못합니다`,
    impact: `${service}에 기대는 요청이 오류나 대체 응답으로 끝납니다.`,
    firstStep: '로그의 error.type을 보세요: ECONNREFUSED는 죽은 서버, ETIMEDOUT은 네트워크입니다.',
  },
  CacheAccessFailing: {
    summary: `${service}가 Redis를 쓰지 못합니다`,
    impact: '조회가 모두 데이터베이스로 가고, 큐를 쓰는 주문은 기다립니다.',
    firstStep: '로그의 error.type을 읽고 서버에 물어보세요: redis-cli PING.',
  },
};
