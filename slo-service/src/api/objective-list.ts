import { z } from 'zod';
import type { Language } from '../language/language.ts';
import type { Board } from '../status/board.ts';
import type { Standing } from '../status/objective-status.ts';
import { byWorst, trustedVerdict } from '../status/standing.ts';
import { instantSchema } from './input.ts';
import { pageOf, pageQuery } from './paging.ts';
import type { ObjectiveList } from './schemas.ts';
import { statusIn } from './status-in.ts';

/** Objectives of one answer. */
export const objectivesPerAnswerMax = 500;

export const objectivesQuery = z.object({
  /** Words that id, title, owner, verdict or state must contain, all of them. */
  q: z.string().max(200).default(''),
  /** As declared, or the worst budget first. */
  sort: z.enum(['declared', 'worst']).default('declared'),
  /** Objectives to pass over, for pages by number; a cursor goes before it. */
  offset: z.coerce.number().int().min(0).default(0),
  /** Now unless an instant of the past is named. */
  at: instantSchema.optional(),
  ...pageQuery({ byDefault: objectivesPerAnswerMax, max: objectivesPerAnswerMax }),
});

/** One page of the board, and how all of it stands. */
export function objectiveList(
  { asOf, items }: Board,
  { q, sort, offset, limit, cursor }: Omit<z.output<typeof objectivesQuery>, 'at'>,
  language: Language,
): ObjectiveList {
  const matching = items.filter(matches(q));
  const sorted = sort === 'worst' ? matching.toSorted(byWorst) : matching;
  const page = pageOf(
    cursor === undefined ? sorted.slice(offset) : sorted,
    { limit, cursor },
    idOf,
  );
  return {
    asOf,
    total: matching.length,
    counts: countVerdicts(items),
    ...page,
    items: page.items.map((item) => statusIn(item, language)),
  };
}

const idOf = ({ id }: Standing): string => id;

function matches(text: string): (status: Standing) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ id, title, name, owner, verdict, state }) => {
    const named = [title, name].flatMap((text) => Object.values(text ?? {})).join(' ');
    const searched = `${id} ${named} ${owner} ${verdict} ${state}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  };
}

/** Promises that are only reported repeat others over another window; they are not counted again. */
function countVerdicts(items: readonly Standing[]): ObjectiveList['counts'] {
  const alerting = items.filter(({ alerts }) => alerts);
  const counts = { broken: 0, at_risk: 0, unknown: 0, kept: 0 };
  for (const status of alerting.length > 0 ? alerting : items) counts[trustedVerdict(status)] += 1;
  return counts;
}
