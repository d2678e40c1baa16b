import { isLoopback } from '@sprout/process';
import type { RequestHandler } from 'express';
import type { Access } from './access.ts';
import { authorize } from './authorize.ts';

/**
 * Lets the collector on this machine scrape without a key. Whoever comes through a proxy is not on
 * this machine, whatever the connection says.
 */
export function allowScrapes(access: Access | undefined): RequestHandler {
  return (request, response, next) => {
    const isForwarded = ['x-forwarded-for', 'forwarded'].some((name) => name in request.headers);
    const address = request.socket.remoteAddress?.replace('::ffff:', '') ?? '';
    const isOpen = access === undefined || access.openMetrics;
    if (isOpen || (isLoopback(address) && !isForwarded)) return next();
    return authorize(request, response, next);
  };
}
