import type { ServiceContext } from '../service-context.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { invalidTitle } from './input.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

/** The objective that an address names; throws SpokenProblem `OBJECTIVE_UNKNOWN`. */
export function findObjective({ config }: ServiceContext, id: string): ObjectiveConfig {
  const objective = config.objectives.find((one) => one.id === id);
  if (objective !== undefined) return objective;
  throw new SpokenProblem(404, 'OBJECTIVE_UNKNOWN', {
    title: { en: 'There is no such objective', ko: '없는 목표입니다' },
    detail: {
      en: `"${id}" is not among the ${config.objectives.length} objectives`,
      ko: `목표 ${config.objectives.length}개 중에 "${id}"이(가) 없습니다`,
    },
    hint: {
      en: './sprout slo list and GET /api/v1/objectives show them',
      ko: './sprout slo list나 GET /api/v1/objectives에서 목록을 볼 수 있습니다',
    },
  });
}

/** Throws SpokenProblem `BODY_INVALID` when a record names objectives that do not exist. */
export function refuseUnknownObjectives(
  { config }: ServiceContext,
  ids: readonly string[] | null,
): void {
  const unknown = (ids ?? []).filter((id) => !config.objectives.some((one) => one.id === id));
  if (unknown.length === 0) return;
  const names = unknown.map((id) => `"${id}"`).join(', ');
  const reason = { en: `there is no objective ${names}`, ko: `목표 ${names}이(가) 없습니다` };
  throw new SpokenProblem(400, 'BODY_INVALID', {
    title: invalidTitle,
    detail: reason,
    hint: {
      en: './sprout slo list and GET /api/v1/objectives show them',
      ko: './sprout slo list나 GET /api/v1/objectives에서 목록을 볼 수 있습니다',
    },
    errors: [{ field: 'objectives', reason }],
  });
}
