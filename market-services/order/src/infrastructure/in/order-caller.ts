import type { Request } from 'express';
import { z } from 'zod';
import { rolesIn } from '../../../../src/roles.ts';
import type { Caller } from '../../domain/caller.ts';

/** A program, or a person of a provider with other ids, has no account and so no orders. */
const accountIdSchema = z.uuid().catch('');

/**
 * Who asks, in the words of the gateway, which lets nobody else use these headers. Without them
 * the request comes from inside the market, where batch-order works for the operators.
 */
export function callerOf({ headers }: Pick<Request, 'headers'>): Caller {
  const { 'x-market-subject': subject, 'x-market-roles': roles } = headers;
  if (subject === undefined && roles === undefined) return { subject: '', roles: ['operator'] };
  return {
    subject: accountIdSchema.parse(subject),
    roles: rolesIn(String(roles ?? '').split(',')),
  };
}
