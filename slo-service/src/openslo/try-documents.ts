import { objectiveSchema, objectiveSchemaText, sliKey, termsOf } from '@sprout/objectives';
import { z } from 'zod';
import { checkWords } from '../language/check-words.ts';
import type { Language } from '../language/language.ts';
import { toldIn } from '../language/text.ts';
import type { Lack } from '../language/text.ts';
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
export async function tryDocuments(
  context: ServiceContext,
  text: string,
  language: Language,
): Promise<TriedDocuments> {
  const { config } = context;
  const { objectives, problems, notSaid } = readDocuments(config, text, 'namesakes', language);
  const tried: Draft[] = [];
  for (const [index, draft] of objectives.entries()) {
    // What is compiled is JSON: fields are given or absent.
    const data: unknown = JSON.parse(JSON.stringify(draft));
    const compiled = objectiveSchema.safeParse(data);
    if (index >= triedMax) tried.push(untried(draft.id, tooMany, language));
    else if (!compiled.success) tried.push(untried(draft.id, notDeclarable(data), language));
    else tried.push(await tryDraft(context, compiled.data, language));
  }
  return {
    valid: problems.length === 0,
    problems: [...problems],
    notSaid: [...notSaid],
    objectives: tried,
  };
}

async function tryDraft(
  context: ServiceContext,
  draft: ObjectiveConfig,
  language: Language,
): Promise<Draft> {
  const known = context.config.objectives.find((one) => countKey(one) === countKey(draft));
  if (known === undefined) return untried(draft.id, notCounted(context, draft), language);
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

type Untried = Lack<(typeof untriedCodes)[number]>;

const untried = (id: string, why: Untried, language: Language): Draft => ({
  id,
  countedAs: null,
  promise: null,
  untried: toldIn(language, why),
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
      message: {
        en: 'no promise in force counts these events, so the ledger has none of them',
        ko: '지금 지키는 약속 가운데 이 이벤트를 세는 것이 없습니다',
      },
      hint: {
        en: 'import the document; the ledger counts from then on, and as far back as the source reaches',
        ko: '문서를 가져오세요. 원장은 그때부터, 그리고 데이터 원천에 남은 과거까지 셉니다',
      },
    };
  }
  return {
    code: 'THRESHOLD_NOT_COUNTED',
    message: {
      en: `the ledger counted what was answered within ${near.sli.thresholdSeconds} s, for ${near.id}; how much was within ${sli.thresholdSeconds} s it does not know`,
      ko: `원장은 ${near.id} 약속을 위해 ${near.sli.thresholdSeconds}초 안의 응답을 세었습니다. ${sli.thresholdSeconds}초 안의 응답이 몇 건인지는 알 수 없습니다`,
    },
    hint: {
      en: 'import the document under another name; both thresholds are counted from then on',
      ko: '문서를 다른 이름으로 가져오세요. 그때부터 두 기준 시간을 모두 셉니다',
    },
  };
}

const notDeclarable = (data: unknown): Untried => ({
  code: 'NOT_DECLARABLE',
  message: { en: refusalOf(data, 'en'), ko: refusalOf(data, 'ko') },
  hint: {
    en: 'correct it; sprout config build would refuse it too',
    ko: '고치세요. sprout config build도 받아들이지 않습니다',
  },
});

/** Exported for its test: why the schema refuses data, a line for each reason. */
export function refusalOf(data: unknown, language: Language): string {
  const { error } = objectiveSchema.safeParse(data, checkWords(language));
  if (error === undefined) return '';
  const issues = error.issues.map((issue) => ({
    ...issue,
    message: objectiveSchemaText(issue.message)?.[language] ?? issue.message,
  }));
  return z.prettifyError({ issues });
}

const tooMany: Untried = {
  code: 'TOO_MANY_PROMISES',
  message: {
    en: `the first ${triedMax} promises of a file are tried`,
    ko: `파일의 처음 약속 ${triedMax}개까지 시험합니다`,
  },
  hint: {
    en: 'try the others in a file of their own',
    ko: '나머지는 다른 파일로 나누어 시험하세요',
  },
};
