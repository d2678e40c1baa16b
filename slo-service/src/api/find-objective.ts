import { HttpProblem } from '@sprout/process';
import type { ServiceContext } from '../service-context.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';

/** The objective that an address names; throws HttpProblem `OBJECTIVE_UNKNOWN`. */
export function findObjective({ config }: ServiceContext, id: string): ObjectiveConfig {
  const objective = config.objectives.find((one) => one.id === id);
  if (objective !== undefined) return objective;
  throw new HttpProblem(404, 'There is no such objective', {
    code: 'OBJECTIVE_UNKNOWN',
    detail: `"${id}" is not among the ${config.objectives.length} objectives`,
    hint: './sprout slo list and GET /api/v1/objectives show them',
  });
}

/** Throws HttpProblem `BODY_INVALID` when a record names objectives that do not exist. */
export function refuseUnknownObjectives(
  { config }: ServiceContext,
  ids: readonly string[] | null,
): void {
  const unknown = (ids ?? []).filter((id) => !config.objectives.some((one) => one.id === id));
  if (unknown.length === 0) return;
  const reason = `there is no objective ${unknown.map((id) => `"${id}"`).join(', ')}`;
  throw new HttpProblem(400, 'The request is not valid', {
    code: 'BODY_INVALID',
    detail: reason,
    hint: './sprout slo list and GET /api/v1/objectives show them',
    errors: [{ field: 'objectives', reason }],
  });
}
