import { objectiveSchema, sliKey, termsOf } from '@sprout/objectives';
import { z } from 'zod';
import { readerFor } from '../service-context.ts';
import type { ServiceContext } from '../service-context.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { tryPromise, triedPromiseSchema } from '../status/what-if.ts';
import { always } from '../versions/promise-history.ts';
import { ledgerView } from '../view/ledger-view.ts';
import { readDocuments } from './read-documents.ts';
import { openSloReadingSchema } from './reading.ts';

/** Promises of one file that are tried; each reads two months of minutes. */
const triedMax = 20;

/** Why the ledger cannot say what a promise would have meant. */
export const untriedCodes = [
  'NOT_COUNTED',
  'THRESHOLD_NOT_COUNTED',
  'NOT_DECLARABLE',
  'TOO_MANY_PROMISES',
] as const;

const draftSchema = z.object({
  id: z.string(),
  /** The promise in force that counts the same events; null when there is none. */
  countedAs: z.string().nullable(),
  /** What the past makes of it; null when the ledger cannot say. */
  promise: triedPromiseSchema.nullable(),
  untried: z
    .object({ code: z.enum(untriedCodes), message: z.string(), hint: z.string() })
    .nullable(),
});

/** What a file of OpenSLO documents says, what is wrong in it, and what it would have meant. */
export const triedDocumentsSchema = openSloReadingSchema
  .omit({ objectives: true, declarations: true })
  .extend({ objectives: z.array(draftSchema) });
export type TriedDocuments = z.output<typeof triedDocumentsSchema>;
type Draft = z.output<typeof draftSchema>;

/**
 * Reads documents as `validate` does, and judges every promise in them by the events of the promise
 * in force that counts the same. Promises of the file may stand for those with their ids.
 */
export async function tryDocuments(context: ServiceContext, text: string): Promise<TriedDocuments> {
  const { objectives, problems, notSaid } = readDocuments(context.config, text, 'namesakes');
  const tried: Draft[] = [];
  for (const [index, draft] of objectives.entries()) {
    // What is compiled is JSON: fields are given or absent.
    const compiled = objectiveSchema.safeParse(JSON.parse(JSON.stringify(draft)));
    if (index >= triedMax) tried.push(untried(draft.id, tooMany));
    else if (!compiled.success) tried.push(untried(draft.id, notDeclarable(compiled.error)));
    else tried.push(await tryDraft(context, compiled.data));
  }
  return {
    valid: problems.length === 0,
    problems: [...problems],
    notSaid: [...notSaid],
    objectives: tried,
  };
}

async function tryDraft(context: ServiceContext, draft: ObjectiveConfig): Promise<Draft> {
  const known = context.config.objectives.find((one) => countKey(one) === countKey(draft));
  if (known === undefined) return untried(draft.id, notCounted(context, draft));
  const { clock, now, ledger } = context;
  // The ledger keeps events under the id of the promise that counts them; how slices of them are
  // judged, and what is promised of them, is the draft's.
  const promise = { ...draft, id: known.id };
  const historyOf = () => always(termsOf(promise));
  const endMinute = clock.endAt(now());
  const view = ledgerView({
    ledger,
    objectives: [promise],
    historyOf,
    presentMinute: () => endMinute,
  });
  const reader = readerFor({ ...context, view, historyOf }, promise);
  return {
    id: draft.id,
    countedAs: known.id,
    promise: await tryPromise(promise, reader, endMinute, clock),
    untried: null,
  };
}

/** Equal for promises whose events the ledger counts alike, whatever is made of them. */
const countKey = ({ sli }: ObjectiveConfig): string =>
  sliKey({ sli: { ...sli, slice: undefined } });

type Untried = NonNullable<Draft['untried']>;

const untried = (id: string, why: Untried): Draft => ({
  id,
  countedAs: null,
  promise: null,
  untried: why,
});

/** The ledger has one count of good events for each latency promise: those within its threshold. */
function notCounted({ config }: ServiceContext, { sli }: ObjectiveConfig): Untried {
  const sameValid = (one: ObjectiveConfig) =>
    JSON.stringify(one.sli.valid) === JSON.stringify(sli.valid);
  const near = config.objectives.find(
    (one) => one.sli.thresholdSeconds !== undefined && sameValid(one),
  );
  if (sli.thresholdSeconds === undefined || near === undefined) {
    return {
      code: 'NOT_COUNTED',
      message: 'no promise in force counts these events, so the ledger has none of them',
      hint: 'import the document; the ledger counts from then on, and as far back as the source reaches',
    };
  }
  return {
    code: 'THRESHOLD_NOT_COUNTED',
    message: `the ledger counted what was answered within ${near.sli.thresholdSeconds} s, for ${near.id}; how much was within ${sli.thresholdSeconds} s it does not know`,
    hint: 'import the document under another name; both thresholds are counted from then on',
  };
}

const notDeclarable = (error: z.ZodError): Untried => ({
  code: 'NOT_DECLARABLE',
  message: z.prettifyError(error),
  hint: 'correct it; sprout config build would refuse it too',
});

const tooMany: Untried = {
  code: 'TOO_MANY_PROMISES',
  message: `the first ${triedMax} promises of a file are tried`,
  hint: 'try the others in a file of their own',
};
