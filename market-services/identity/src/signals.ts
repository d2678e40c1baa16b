import { counter, rateBy } from '@sprout/signals';

/** How asking for a password ended. */
export const signIns = counter('identity_sign_ins_total', {
  help: 'Answers to the sign-in form, by outcome.',
  owner: 'identity',
  labels: { outcome: ['signed_in', 'wrong', 'often', 'expired'] },
  panel: rateBy('outcome'),
  noAlert: 'people mistype; logins that fail by our fault are in gateway_logins_total',
});

export const identitySignals = [signIns];
