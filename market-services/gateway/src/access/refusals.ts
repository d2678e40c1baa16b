import type { Problem } from '@sprout/process';

/** Why a request is not passed on. */
export type RefusalReason =
  | 'address'
  | 'rate'
  | 'unauthenticated'
  | 'forbidden'
  | 'forged'
  | 'sessions_unavailable'
  | 'identity_unavailable';

/** What is answered to a request that is not passed on. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly problem: Problem;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How long to wait for a server that is away. */
const retryAfterSeconds = '5';

/** Makes the refusal for a reason; `seconds` until it is worth trying again, for `rate`. */
export function refusal(reason: RefusalReason, seconds = 0): Refusal {
  return { reason, problem: problems[reason], ...headersOf(reason, seconds) };
}

function headersOf(reason: RefusalReason, seconds: number): Pick<Refusal, 'headers'> {
  if (reason === 'rate') return { headers: { 'retry-after': String(Math.ceil(seconds)) } };
  if (reason === 'unauthenticated') return { headers: { 'www-authenticate': 'Bearer' } };
  return problems[reason].status === 503 ? { headers: { 'retry-after': retryAfterSeconds } } : {};
}

const problems: Readonly<Record<RefusalReason, Problem>> = {
  address: {
    type: '/errors/gateway/address-refused',
    title: 'This address may not come in',
    status: 403,
  },
  rate: {
    type: '/errors/gateway/too-many-requests',
    title: 'Too many requests',
    status: 429,
    detail: 'wait as long as Retry-After says',
  },
  unauthenticated: {
    type: '/errors/gateway/unauthenticated',
    title: 'Log in first',
    status: 401,
    detail: 'GET /login begins a session; programs send a token of the issuer',
  },
  forbidden: {
    type: '/errors/gateway/forbidden',
    title: 'Your role does not allow this',
    status: 403,
  },
  forged: {
    type: '/errors/gateway/forged',
    title: 'The request comes from another site',
    status: 403,
    detail: 'a session changes things only from pages of the market itself',
  },
  sessions_unavailable: {
    type: '/errors/gateway/sessions-unavailable',
    title: 'Sessions are not available',
    status: 503,
    detail: 'they are kept in Redis, which does not answer; what is public can be read meanwhile',
  },
  identity_unavailable: {
    type: '/errors/gateway/identity-unavailable',
    title: 'The identity provider does not answer',
    status: 503,
    detail: 'nobody can log in until it is back; sessions that have begun go on',
  },
};
