import { HttpProblem, SproutError } from '@sprout/process';
import express from 'express';
import type { Express } from 'express';
import { faults } from './catalogue.ts';
import type { KnownFault } from './catalogue.ts';
import type { FaultDesk } from './fault-desk.ts';

/** `GET /faults`, `PUT /faults/{name}` to start, `DELETE /faults/{name}` to stop; idempotent. */
export function faultControl(desk: FaultDesk): Express {
  const app = express();
  const shown = ({ name, area, summary }: KnownFault) => ({
    name,
    area,
    summary,
    activeSince: desk.activeSince(name),
    endFailure: desk.endFailure(name),
  });
  app.get('/faults', (_request, response) => {
    response.json({ items: faults.map(shown) });
  });
  app.put('/faults/:name', async (request, response) => {
    response.json(shown(await orProblem(desk.start(request.params.name))));
  });
  app.delete('/faults/:name', async (request, response) => {
    response.json(shown(await orProblem(desk.stop(request.params.name))));
  });
  return app;
}

const statuses: Readonly<Record<string, number>> = {
  FAULT_UNKNOWN: 404,
  FAULT_CONFLICT: 409,
  FAULT_UNAVAILABLE: 409,
  FAULT_NOT_ENDED: 503,
};

async function orProblem<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const status = error instanceof SproutError ? statuses[error.code] : undefined;
    if (!(error instanceof SproutError) || status === undefined) throw error;
    throw new HttpProblem(status, error.message, {
      code: error.code,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}
