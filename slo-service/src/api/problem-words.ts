import type { Problem } from '@sprout/process';
import type { Language } from '../language/language.ts';

/**
 * A problem in the reader's language. Title and hint are translated by code; `detail` names the
 * values at fault and stays as it is, since programs and logs are compared with it.
 */
export function problemIn(language: Language, problem: Problem): Problem {
  const words = language === 'ko' ? koreanProblems[problem.code ?? ''] : undefined;
  if (words === undefined) return problem;
  const [title, hint] = words;
  return { ...problem, title, hint };
}

/** Code → title and what to do. */
export const koreanProblems: Readonly<Record<string, readonly [string, string]>> = {
  NOT_FOUND: ['찾을 수 없습니다', 'API 설명은 /docs에 있습니다'],
  QUERY_INVALID: ['요청이 올바르지 않습니다', '매개변수 설명은 /docs에 있습니다'],
  BODY_INVALID: ['요청이 올바르지 않습니다', '본문 설명은 /docs에 있습니다'],
  REQUEST_UNREADABLE: ['요청을 읽을 수 없습니다', 'API 설명은 /docs에 있습니다'],
  INTERNAL: ['내부 오류가 발생했습니다', 'slo-service의 로그에 원인이 있습니다'],
  DASHBOARD_UNKNOWN: ['없는 대시보드입니다', 'GET /api/v1/dashboards에서 목록을 볼 수 있습니다'],
  DASHBOARD_UNREADABLE: [
    '대시보드를 읽을 수 없습니다',
    './sprout dashboards build로 다시 만드세요',
  ],
  OBJECTIVE_UNKNOWN: ['없는 목표입니다', 'GET /api/v1/objectives에서 목록을 볼 수 있습니다'],
  PAGE_UNKNOWN: ['없는 호출입니다', 'GET /api/v1/alerts에서 최신순 목록을 볼 수 있습니다'],
  ALERTMANAGER_FAILED: [
    'Alertmanager가 처리하지 못했습니다',
    './sprout status로 실행 상태를 확인하세요',
  ],
  SILENCE_UNKNOWN: ['없는 잠재우기입니다', './sprout alerts silences로 목록을 볼 수 있습니다'],
  SILENCE_AUTHOR_RESERVED: ['쓸 수 없는 이름입니다', '다른 이름으로 서명하세요'],
  SILENCE_OF_EXCLUSION: [
    '제외 구간에 딸린 잠재우기입니다',
    './sprout slo exclusions에서 제외 구간을 찾아 취소하세요',
  ],
  EXCLUSION_UNKNOWN: [
    '없는 제외 구간입니다',
    './sprout slo exclusions --revoked로 모두 볼 수 있습니다',
  ],
  EXCLUSION_REVOKED: [
    '이미 취소된 제외 구간입니다',
    'GET /api/v1/exclusions/:id에서 취소한 사람을 볼 수 있습니다',
  ],
  EXCLUSIONS_FULL: [
    '제외 구간이 너무 많습니다',
    '오래된 것을 취소하거나 주간 규칙 하나로 합치세요',
  ],
  INCIDENT_UNKNOWN: [
    '그 시각에 장애가 없습니다',
    'GET /api/v1/objectives/:id/incidents에서 목록을 볼 수 있습니다',
  ],
  STORAGE_AWAY: [
    '지금은 기록할 수 없습니다',
    'MySQL을 시작하거나 sloService.storage 설정을 고치세요. 그동안 잃는 것은 없습니다',
  ],
  RECORDS_FULL: ['더 기록할 자리가 없습니다', '더 이상 필요 없는 기록을 정리하세요'],
  CURSOR_UNKNOWN: ['목록을 이어서 볼 수 없습니다', 'cursor 없이 같은 매개변수로 다시 요청하세요'],
  RANGE_INVALID: ['기간이 올바르지 않습니다', 'from과 to를 바꾸거나 더 짧은 기간을 요청하세요'],
  TOO_MANY_POINTS: ['요청한 점이 너무 많습니다', '더 긴 step으로 요청하세요'],
  PERIOD_INVALID: [
    '기간이 올바르지 않습니다',
    '주(2026-W48), 월(2026-11), 분기(2026-Q4), 연도(2026), 날짜 구간(2026-11-01..2026-11-15) 중 하나로 쓰세요',
  ],
  PERIOD_NOT_BEGUN: ['아직 시작되지 않은 기간입니다', '진행 중이거나 지난 기간을 요청하세요'],
  MONTH_NOT_BEGUN: ['아직 시작되지 않은 달입니다', '이번 달이나 지난 달을 요청하세요'],
  UNAUTHENTICATED: [
    '누구의 요청인지 알 수 없습니다',
    '"Authorization: Bearer <키>"를 보내거나 /login에서 로그인하세요',
  ],
  KEY_UNKNOWN: ['알 수 없는 키입니다', './sprout slo key list로 키를 확인하세요'],
  KEY_ID_UNKNOWN: ['없는 키입니다', 'GET /api/v1/keys에서 목록을 볼 수 있습니다'],
  TOKEN_INVALID: ['토큰이 유효하지 않습니다', '인증 서버에서 올바른 대상의 새 토큰을 받으세요'],
  ROLE_MISSING: ['역할을 알 수 없습니다', 'access.oidc.roles에 역할을 연결하세요'],
  ROLE_TOO_LOW: ['권한이 부족합니다', '관리자에게 더 높은 역할의 키를 요청하세요'],
  ACCESS_OPEN: [
    '키를 확인하지 않는 설정입니다',
    'sprout.config.ts에 access: {}를 쓰고 다시 시작하세요',
  ],
  LOGIN_FAILED: ['로그인하지 못했습니다', '/login에서 다시 로그인하세요'],
  OIDC_NOT_CONFIGURED: ['인증 서버가 설정되지 않았습니다', '/login에서 키로 로그인하세요'],
  IDENTITY_PROVIDER_DOWN: [
    '인증 서버가 응답하지 않습니다',
    'API 키는 계속 쓸 수 있습니다. 인증 서버를 확인하세요',
  ],
  RATE_LIMITED: ['요청이 너무 많습니다', 'Retry-After만큼 기다린 뒤 다시 요청하세요'],
  PROXY_REFUSED: ['읽기 요청만 전달합니다', '원래 주소에 직접 요청하세요'],
  QUERY_TOO_LONG: ['질의가 너무 깁니다', '질의를 줄이세요'],
  BACKEND_UNREACHABLE: ['백엔드가 응답하지 않습니다', './sprout status로 실행 상태를 확인하세요'],
  STATUS_PRIVATE: [
    '상태 페이지가 공개되지 않았습니다',
    '로그인하거나 api.publicStatus를 설정하세요',
  ],
  GROUP_UNKNOWN: ['없는 그룹입니다', 'GET /api/v1/objectives/:id/groups에서 목록을 볼 수 있습니다'],
  DECLARATIONS_FULL: [
    '선언 파일이 너무 많습니다',
    '여러 문서를 한 파일에 모으거나 더는 약속하지 않는 것을 DELETE로 지우세요',
  ],
  KEYS_FULL: ['키가 너무 많습니다', './sprout slo key revoke로 쓰지 않는 키를 없애세요'],
  KEYS_INVALID: ['키 파일을 읽을 수 없습니다', '키 파일을 고치거나 지운 뒤 키를 다시 만드세요'],
  SECRET_MISSING: ['비밀 값을 읽을 수 없습니다', '설정이 가리키는 파일이나 환경 변수를 확인하세요'],
  EXPLAIN_NOT_COUNTED: ['비교할 것이 없습니다', '이 약속을 이루는 목표를 설명하도록 요청하세요'],
  OPENSLO_INVALID: ['OpenSLO v1 문서가 아닙니다', '알려 준 줄을 고친 뒤 다시 보내세요'],
  DECLARATION_UNKNOWN: ['없는 선언입니다', 'GET /api/v1/openslo/imports에서 목록을 볼 수 있습니다'],
  EXPLAIN_UNAVAILABLE: [
    '지금은 설명할 수 없습니다',
    'Prometheus가 응답하는지 ./sprout status로 확인하세요',
  ],
};
