import type { Role } from '../../../src/roles.ts';
import type { Destination } from '../routes.ts';
import type { Route } from '../signals.ts';
import type { Identity } from './identity.ts';

/** Who may do something; `own` lets customers do it to what bears their own id. */
export interface Rule {
  readonly methods: readonly string[];
  /** Of the path behind the prefix, without the query. */
  readonly path: RegExp;
  readonly who: 'everyone' | readonly Role[];
  readonly own?: true;
}

const reading = ['GET'] as const;
const about = rule(reading, /^\/(healthz|openapi\.json)$/, 'everyone');
const everything = /^/;
const oneAccount = /^\/accounts\/([^/]+)$/;

/** The first rule that fits decides. */
export const rules: Readonly<Record<Route, readonly Rule[]>> = {
  account: [
    about,
    { ...rule(['GET', 'PATCH', 'DELETE'], oneAccount, ['operator']), own: true },
    rule(reading, everything, ['operator']),
    rule(['POST'], /^\/accounts$/, ['operator']),
  ],
  order: [
    about,
    // Of orders, a customer sees, places and calls off their own: the order service sees to it.
    rule(reading, /^\/orders(\/[^/]+)?$/, ['customer', 'seller', 'operator']),
    rule(reading, everything, ['seller', 'operator']),
    rule(['POST'], /^\/orders$/, ['customer', 'operator']),
    rule(['PATCH'], /^\/orders\/[^/]+$/, ['customer', 'seller', 'operator']),
    rule(['DELETE'], /^\/orders\/[^/]+$/, ['operator']),
  ],
  product: [
    rule(reading, /^\/(metrics|readyz)$/, ['operator']),
    rule(reading, everything, 'everyone'),
    rule(['POST', 'PUT', 'PATCH', 'DELETE'], everything, ['seller', 'operator']),
  ],
};

function rule(methods: readonly string[], path: RegExp, who: Rule['who']): Rule {
  return { methods, path, who };
}

/** The rule for a request; a path that no rule names is for operators, who learn that it is none. */
export function ruleFor({ route, path }: Destination, method: string): Rule {
  const bare = path.split('?')[0] ?? path;
  const found = rules[route].find((one) => one.methods.includes(method) && one.path.test(bare));
  return found ?? rule([method], everything, ['operator']);
}

/** What a rule says of somebody. */
export function judge(
  { who, own, path }: Rule,
  destination: Destination,
  identity: Identity | undefined,
): 'allowed' | 'unauthenticated' | 'forbidden' {
  if (who === 'everyone') return 'allowed';
  if (identity === undefined) return 'unauthenticated';
  if (who.some((role) => identity.roles.includes(role))) return 'allowed';
  const [, id] = path.exec(destination.path.split('?')[0] ?? '') ?? [];
  const isOwn = own === true && identity.roles.includes('customer') && id === identity.subject;
  return isOwn ? 'allowed' : 'forbidden';
}
