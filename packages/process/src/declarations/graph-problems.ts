import type { Objective, Remark } from '@sprout/objectives';
import { suggest } from '../cli/suggest.ts';
import type { DeclarationProblem } from './problem.ts';
import { fix, wrong } from './words.ts';

/** Ids that come twice, causes and members that are not there, and circles. */
export function graphProblems(objectives: readonly Objective[]): DeclarationProblem[] {
  return [
    ...twice(objectives),
    ...links(objectives, 'dependsOn', ({ dependsOn }) => dependsOn),
    ...links(objectives, 'sli.composite.of', ({ sli }) => sli.composite?.of ?? []),
  ];
}

function twice(objectives: readonly Objective[]): DeclarationProblem[] {
  const sameId = Map.groupBy(objectives, ({ id }) => id);
  return [...sameId].flatMap(([id, same]) =>
    same.length < 2
      ? []
      : {
          objective: id,
          path: 'id',
          what: wrong('ID_TWICE', { id, times: same.length }),
          fix: fix('GIVE_OWN_ID'),
        },
  );
}

type TargetsOf = (objective: Objective) => readonly string[];

function links(
  objectives: readonly Objective[],
  path: string,
  targetsOf: TargetsOf,
): DeclarationProblem[] {
  const byId = new Map(objectives.map((objective) => [objective.id, objective]));
  const missing = objectives.flatMap((objective) =>
    targetsOf(objective)
      .filter((id) => !byId.has(id))
      .map((id) => ({
        objective: objective.id,
        path,
        what: wrong('OBJECTIVE_UNKNOWN', { id }),
        fix: fixFor(id, [...byId.keys()]),
      })),
  );
  return [...missing, ...circles(byId, path, targetsOf)];
}

function fixFor(id: string, known: readonly string[]): Remark {
  const near = suggest(id, known);
  return near === undefined
    ? fix('ADD_TO', { list: 'objectives' })
    : fix('DID_YOU_MEAN', { near: `"${near}"` });
}

/** Each circle once, named from its first objective on. */
function circles(
  byId: ReadonlyMap<string, Objective>,
  path: string,
  targetsOf: TargetsOf,
): DeclarationProblem[] {
  const problems: DeclarationProblem[] = [];
  const done = new Set<string>();
  const visit = (id: string, trail: readonly string[]): void => {
    const begin = trail.indexOf(id);
    if (begin >= 0) {
      const circle = [...trail.slice(begin), id];
      problems.push({
        objective: id,
        path,
        what: wrong('CIRCLE', { circle }),
        fix: fix('BREAK_CIRCLE'),
      });
      return;
    }
    const objective = byId.get(id);
    if (objective === undefined || done.has(id)) return;
    for (const next of targetsOf(objective)) visit(next, [...trail, id]);
    done.add(id);
  };
  for (const id of byId.keys()) visit(id, []);
  return problems;
}
