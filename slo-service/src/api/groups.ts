import { groupLabels, otherGroup } from '@sprout/objectives';
import { z } from 'zod';
import { groupsOf, readerFor } from '../service-context.ts';
import type { ServiceContext } from '../service-context.ts';
import { verdictOf } from '../status/objective-status.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import type { ObjectiveReader } from '../status/reader.ts';
import { burnRateOf, leftFractionOf, promisedWindow, readBudget } from '../status/window.ts';
import { termsIn } from '../versions/promise-history.ts';
import { instantSchema } from './input.ts';
import { pageOf, pageQuery } from './paging.ts';
import { budgetSchema, verdictSchema } from './schemas.ts';
import type { Language } from '../language/language.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';
import { toldIn } from '../language/text.ts';

/** Groups of one answer. */
export const groupsPerAnswerMax = 500;

export const groupsQuery = z.object({
  at: instantSchema.optional(),
  ...pageQuery({ byDefault: 50, max: groupsPerAnswerMax }),
});

const groupAnswerSchema = z.object({
  /** `label=value&…`, URL-encoded; `other` for what is beyond `groupsMax`. */
  group: z.string(),
  /** Its labels; null for `other`. */
  labels: z.record(z.string(), z.string()).nullable(),
  verdict: verdictSchema,
  budget: budgetSchema,
  /** Burn rate of the last hour, without excluded time. */
  burnRate: z.number().nullable(),
});

/** The groups of an objective, least budget left first; groups without events last. */
export const groupListSchema = z.object({
  id: z.string(),
  asOf: z.iso.datetime(),
  groupBy: z.array(z.string()),
  groupsMax: z.number(),
  total: z.number(),
  /** Cursor of the next page; null on the last. */
  next: z.string().nullable(),
  /** Set when there were more label sets than `groupsMax`. */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
  items: z.array(groupAnswerSchema),
});

export type GroupList = z.infer<typeof groupListSchema>;
export type GroupAnswer = z.infer<typeof groupAnswerSchema>;

/** How each group of an objective stands. */
export async function listGroups(
  context: ServiceContext,
  objective: ObjectiveConfig,
  { at, limit, cursor }: z.output<typeof groupsQuery>,
  language: Language,
): Promise<GroupList> {
  const { clock, now } = context;
  const end = clock.endAt(at === undefined ? now() : Date.parse(at));
  const groups = await groupsOf(context, objective.id);
  const answers = await Promise.all(groups.map((group) => answer(context, objective, group, end)));
  const page = pageOf(answers.toSorted(worstFirst), { limit, cursor }, ({ group }) => group);
  const { id, groupBy, groupsMax } = objective;
  return {
    id,
    asOf: clock.instant(end - 1),
    groupBy,
    groupsMax,
    total: groups.length,
    problem: groups.includes(otherGroup) ? capped(objective, language) : null,
    ...page,
  };
}

/** Reads an objective, or one of its groups; throws SpokenProblem `GROUP_UNKNOWN`. */
export async function groupReader(
  context: ServiceContext,
  objective: ObjectiveConfig,
  group?: string,
): Promise<ObjectiveReader> {
  await refuseUnknownGroup(context, objective, group);
  return readerFor(context, objective, group);
}

/** Throws SpokenProblem `GROUP_UNKNOWN` when an objective has no such group. */
export async function refuseUnknownGroup(
  context: ServiceContext,
  objective: ObjectiveConfig,
  group: string | undefined,
): Promise<void> {
  if (group === undefined) return;
  const groups = await groupsOf(context, objective.id);
  if (groups.includes(group)) return;
  throw new SpokenProblem(404, 'GROUP_UNKNOWN', {
    title: { en: 'There is no such group', ko: '없는 그룹입니다' },
    detail: {
      en: `"${group}" is not among the ${groups.length} groups of ${objective.id}`,
      ko: `${objective.id}의 그룹 ${groups.length}개 중에 "${group}"이(가) 없습니다`,
    },
    hint: {
      en: `GET /api/v1/objectives/${objective.id}/groups and ./sprout slo groups ${objective.id} show them`,
      ko: `GET /api/v1/objectives/${objective.id}/groups와 ./sprout slo groups ${objective.id}로 목록을 볼 수 있습니다`,
    },
  });
}

async function answer(
  context: ServiceContext,
  objective: ObjectiveConfig,
  group: string,
  end: number,
): Promise<GroupAnswer> {
  const reader = readerFor(context, objective, group);
  const budget = await readBudget(reader, promisedWindow(reader.history, end), context.clock);
  const hour = await reader.sum(end - 60, end);
  const counted = await reader.adjust({ fromMinute: end - 60, toMinute: end }, hour);
  const burnRate = burnRateOf(counted?.sum ?? hour, termsIn(reader.history, end - 1).target);
  const verdict = verdictOf(leftFractionOf(budget), burnRate, []);
  return { group, labels: groupLabels(group), verdict, budget, burnRate };
}

/** By what is left, then by name, so that pages follow each other. */
function worstFirst(a: GroupAnswer, b: GroupAnswer): number {
  const left = ({ budget }: GroupAnswer) => leftFractionOf(budget) ?? Infinity;
  const [ofA, ofB] = [left(a), left(b)];
  if (ofA !== ofB) return ofA < ofB ? -1 : 1;
  return a.group < b.group ? -1 : 1;
}

function capped({ id, groupsMax }: ObjectiveConfig, language: Language): GroupList['problem'] {
  const message = {
    en: `${id} has more than ${groupsMax} label sets; those seen later share the group "${otherGroup}"`,
    ko: `${id}의 레이블 조합이 ${groupsMax}개보다 많습니다. 나중에 나타난 것은 "${otherGroup}" 그룹에 모입니다`,
  };
  const hint = {
    en: 'raise groupsMax, or group by a label with fewer values',
    ko: 'groupsMax를 늘리거나 값이 더 적은 레이블로 나누세요',
  };
  return toldIn(language, { code: 'GROUPS_CAPPED', message, hint });
}
