import { HttpProblem, SproutError } from '@sprout/process';
import express from 'express';
import type { Express } from 'express';
import { faultNamed, faults } from './fault.ts';
import type { Fault } from './fault.ts';
import type { FaultEvent } from './ground-truth.ts';
import type { TcpProxy } from './tcp-proxy.ts';

export interface FaultControlOptions {
  readonly proxies: ReadonlyMap<string, TcpProxy>;
  readonly record: (event: FaultEvent) => void;
  readonly onChange: (fault: Fault, active: boolean) => void;
  readonly now: () => Date;
}

/** `GET /faults`, `PUT /faults/{name}` to start, `DELETE /faults/{name}` to stop; idempotent. */
export function faultControl(options: FaultControlOptions): Express {
  const since = new Map<string, string>();
  const app = express();
  app.get('/faults', (_request, response) => {
    response.json({
      items: faults.map((fault) => ({ ...fault, activeSince: since.get(fault.name) ?? null })),
    });
  });
  app.put('/faults/:name', (request, response) => {
    const fault = known(request.params.name);
    if (!since.has(fault.name)) since.set(fault.name, change(options, fault, 'started'));
    response.json({ ...fault, activeSince: since.get(fault.name) });
  });
  app.delete('/faults/:name', (request, response) => {
    const fault = known(request.params.name);
    if (since.delete(fault.name)) change(options, fault, 'stopped');
    response.json({ ...fault, activeSince: null });
  });
  return app;
}

function change(options: FaultControlOptions, fault: Fault, event: FaultEvent['event']): string {
  const at = options.now().toISOString();
  const active = event === 'started';
  options.proxies.get(fault.delay.proxy)?.setDelayMs(active ? fault.delay.ms : 0);
  options.record({ fault: fault.name, event, at });
  options.onChange(fault, active);
  return at;
}

function known(name: string): Fault {
  try {
    return faultNamed(name);
  } catch (error) {
    if (!(error instanceof SproutError)) throw error;
    throw new HttpProblem(404, error.message, {
      code: error.code,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}
