import type { Problem } from '@sprout/process';

/**
 * What the market says to people, English and Korean. `{}` stands for what differs from case to
 * case and is taken over in the same order.
 */
const phrases: readonly (readonly [english: string, korean: string])[] = [
  // The gateway.
  ['Service unavailable', '서비스를 이용할 수 없습니다'],
  ['{} did not answer in time', '{} 서비스가 제시간에 응답하지 않았습니다'],
  [
    '{} has been failing and is not called for a while',
    '{} 서비스에 장애가 있어 잠시 호출하지 않습니다',
  ],
  ['{} cannot be reached', '{} 서비스에 연결할 수 없습니다'],
  ['The body took too long', '본문 전송이 너무 오래 걸렸습니다'],
  ['The body is too large', '본문이 너무 큽니다'],
  ['a body may have {} bytes', '본문은 {}바이트까지 보낼 수 있습니다'],
  ['Not found', '찾을 수 없습니다'],
  ['there is no {} {}', '{} {}을(를) 찾을 수 없습니다'],
  ['This address may not come in', '이 주소에서는 접근할 수 없습니다'],
  ['Too many requests', '요청이 너무 많습니다'],
  ['wait as long as Retry-After says', 'Retry-After 헤더의 시간만큼 기다린 뒤 다시 시도하세요'],
  ['Log in first', '먼저 로그인하세요'],
  [
    'GET /login begins a session; programs send a token of the issuer',
    'GET /login으로 로그인하세요. 프로그램은 발급자의 토큰을 보내야 합니다',
  ],
  ['Your role does not allow this', '권한이 없습니다'],
  ['The request comes from another site', '다른 사이트에서 온 요청입니다'],
  [
    'a session changes things only from pages of the market itself',
    '세션으로는 마켓 페이지에서만 변경할 수 있습니다',
  ],
  ['Sessions are not available', '세션을 사용할 수 없습니다'],
  [
    'they are kept in Redis, which does not answer; what is public can be read meanwhile',
    '세션을 보관하는 Redis가 응답하지 않습니다. 공개된 내용은 계속 볼 수 있습니다',
  ],
  ['The identity provider does not answer', '인증 서버가 응답하지 않습니다'],
  [
    'nobody can log in until it is back; sessions that have begun go on',
    '복구될 때까지 로그인할 수 없습니다. 이미 시작된 세션은 유지됩니다',
  ],
  ['This login is not under way', '진행 중인 로그인이 아닙니다'],
  [
    'it has been completed, has expired, or began in another browser; GET /login begins anew',
    '이미 완료되었거나 만료되었거나 다른 브라우저에서 시작되었습니다. GET /login으로 다시 시작하세요',
  ],
  ['The provider did not confirm who you are', '인증 서버가 본인을 확인하지 못했습니다'],
  ['GET /login begins anew', 'GET /login으로 다시 시작하세요'],
  // The services.
  ['The request is not valid', '요청이 올바르지 않습니다'],
  ['Bad request', '잘못된 요청입니다'],
  ['The body is not JSON', '본문이 JSON이 아닙니다'],
  ['The request cannot be read', '요청을 읽을 수 없습니다'],
  ['Internal error', '내부 오류가 발생했습니다'],
  ['The database is away', '데이터베이스를 이용할 수 없습니다'],
  ['nothing was changed; try again', '변경된 내용이 없습니다. 다시 시도하세요'],
  ['There is no such account', '해당 계정이 없습니다'],
  ['There is no such order', '해당 주문이 없습니다'],
  ['There is no such product', '해당 상품이 없습니다'],
  ['there is no account {}', '계정 {}이(가) 없습니다'],
  ['there is no order {}', '주문 {}이(가) 없습니다'],
  ['there is no product {}', '상품 {}이(가) 없습니다'],
  ['The email is taken', '이미 사용 중인 이메일입니다'],
  ['another account has this email', '다른 계정이 이 이메일을 사용하고 있습니다'],
  ['is taken', '이미 사용 중입니다'],
  ['The order is in another state', '주문 상태가 다릅니다'],
  ['The key belongs to another request', '다른 요청에 사용된 키입니다'],
  [
    'this Idempotency-Key came with another order before',
    '이 Idempotency-Key는 이미 다른 주문에 사용되었습니다',
  ],
  ['order {} is {} and cannot be {}', '주문 {}의 상태가 {}이므로 {}(으)로 바꿀 수 없습니다'],
  ['customers order for their own account', '고객은 자신의 계정으로만 주문할 수 있습니다'],
  ['customers call off their own orders', '주문은 주문한 고객만 취소할 수 있습니다'],
  ['sellers deliver orders', '배송 완료는 판매자만 처리할 수 있습니다'],
  ['the orders in a state are for sellers', '상태별 주문 목록은 판매자만 볼 수 있습니다'],
  ['The instances are still being collected', '인스턴스 목록을 수집하는 중입니다'],
  ['go on with the last known list', '마지막으로 받은 목록을 계속 사용하세요'],
  ['There are too many instances', '인스턴스가 너무 많습니다'],
  // Reasons of single fields.
  [
    'must be lower-case letters, digits and dashes',
    '영문 소문자, 숫자, 하이픈(-)만 사용할 수 있습니다',
  ],
  ['must be a decimal number as a string', '십진수 문자열이어야 합니다'],
  ['must fit in 64 bits', '64비트 범위여야 합니다'],
  ['must not contain control characters', '제어 문자를 포함할 수 없습니다'],
  ['must be printable ASCII', '출력 가능한 ASCII 문자여야 합니다'],
  ['must not contain markup', '마크업을 포함할 수 없습니다'],
  ['must change something', '변경할 내용이 있어야 합니다'],
  ['state and before go together', 'state와 before는 함께 있어야 합니다'],
  ['Invalid input: expected {}, received {}', '{} 값이어야 하는데 {} 값입니다'],
  ['Too small: expected {} to have >={} {}', '너무 짧습니다: {}은(는) {} {} 이상이어야 합니다'],
  ['Too big: expected {} to have <={} {}', '너무 깁니다: {}은(는) {} {} 이하여야 합니다'],
  ['Too small: expected {} to be >={}', '너무 작습니다: {}은(는) {} 이상이어야 합니다'],
  ['Too big: expected {} to be <={}', '너무 큽니다: {}은(는) {} 이하여야 합니다'],
  ['Invalid email address', '올바른 이메일 주소가 아닙니다'],
  ['Invalid UUID', '올바른 UUID가 아닙니다'],
  ['Invalid URL', '올바른 URL이 아닙니다'],
  ['Invalid ISO datetime', '올바른 ISO 날짜와 시간이 아닙니다'],
  ['Invalid option: expected one of {}', '다음 중 하나여야 합니다: {}'],
  ['Unrecognized key: {}', '알 수 없는 필드입니다: {}'],
  ['Unrecognized keys: {}', '알 수 없는 필드입니다: {}'],
];

/** A problem with everything that people read in Korean; types, fields and codes stay. */
export function inKorean(problem: Problem): Problem {
  const { title, detail, errors } = problem;
  return {
    ...problem,
    title: translate(title),
    ...(detail !== undefined && { detail: translate(detail) }),
    ...(errors !== undefined && {
      errors: errors.map(({ field, reason }) => ({ field, reason: translate(reason) })),
    }),
  };
}

/** Patterns that say more come first, so that `there is no order {}` wins over `there is no {} {}`. */
const patterns = phrases
  .toSorted(([one], [other]) => fixedPart(other).length - fixedPart(one).length)
  .map(([english, korean]) => ({ pattern: patternOf(english), korean }));

function translate(text: string): string {
  for (const { pattern, korean } of patterns) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const values = found.slice(1);
    return korean.replaceAll('{}', () => values.shift() ?? '');
  }
  return text;
}

function patternOf(english: string): RegExp {
  const parts = english.split('{}').map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(.+?)')}$`, 's');
}

function fixedPart(english: string): string {
  return english.replaceAll('{}', '');
}
