import type { Random } from '@sprout/journal/crash';
import { openAnnotationStore } from '../annotations/annotation-store.ts';
import { annotationInputSchema } from '../annotations/annotation.ts';
import { openExclusionStore } from '../exclusions/exclusion-store.ts';
import { minuteState } from '../ledger/ledger.ts';
import type { Ledger, MinuteEntry } from '../ledger/ledger.ts';
import { openPageStore } from '../pages/page-store.ts';
import type { Records } from '../records/record-store.ts';

/** What is kept, as a service opens it. */
export interface Stores {
  readonly ledger: Ledger;
  readonly exclusions: Awaited<ReturnType<typeof openExclusionStore>>;
  readonly annotations: Awaited<ReturnType<typeof openAnnotationStore>>;
  readonly pages: Awaited<ReturnType<typeof openPageStore>>;
  close(): Promise<void>;
}

/** Opens all kinds that an API call writes. */
export async function openStores(ledger: Ledger, records: Records): Promise<Stores> {
  return {
    ledger,
    exclusions: await openExclusionStore(records),
    annotations: await openAnnotationStore(records),
    pages: await openPageStore(records),
    close: async () => {
      await ledger.close();
      await records.close();
    },
  };
}

/** Kinds of things that are promised to be kept. */
export type Kept = 'exclusion' | 'revocation' | 'annotation' | 'page' | 'resolution';

/** Told only after it was promised. */
export interface WorkloadEvents {
  /** The final minutes of this number, and all before, are in the ledger. */
  readonly final: (number: number) => void;
  readonly kept: (what: Kept, id: string) => void;
}

export const objectives = ['orders', 'orders?route=가'] as const;

/** Some way into a day, so that rounds cross its end. */
export const firstMinute = 20_000 * 1440 + 1200;

/** What a numbered minute holds; every number another sum. */
export const minuteOf = (number: number, objective: number): MinuteEntry => ({
  minute: firstMinute + number,
  valid: 1000 + ((number * 7919) % 997) + objective,
  bad: (number * 31) % 11,
  coverage: 1,
  state: minuteState.measured,
});

/** The number that the ledger's checkpoint stands for; the next one is not in it yet. */
export const numberOf = (checkpoint: string | undefined): number => Number(checkpoint ?? -1);

const startedAt = '2026-11-01T00:00:00.000Z';

/** Meters and writes records, as a service does, until the disk or the process ends. */
export async function runWorkload(
  stores: Stores,
  random: Random,
  events: WorkloadEvents,
): Promise<never> {
  let number = numberOf(await stores.ledger.checkpoint());
  for (;;) {
    const chance = random();
    if (chance < 0.35) {
      number += 1;
      await commitFinal(stores.ledger, number);
      events.final(number);
    } else if (chance < 0.6) await commitProvisional(stores.ledger, number);
    else await writeRecord(stores, random, events);
  }
}

const minutesAt = (number: number) =>
  objectives.map((objective, index) => ({ objective, minutes: [minuteOf(number, index)] }));

function commitFinal(ledger: Ledger, number: number): Promise<void> {
  const [final, provisional] = [minutesAt(number), minutesAt(number + 1)];
  return ledger.commit({ final, provisional, checkpoint: String(number) });
}

function commitProvisional(ledger: Ledger, number: number): Promise<void> {
  return ledger.commit({ final: [], provisional: minutesAt(number + 1) });
}

async function writeRecord(stores: Stores, random: Random, { kept }: WorkloadEvents) {
  const chance = random();
  if (chance < 0.3) kept('exclusion', await addExclusion(stores));
  else if (chance < 0.4) {
    const { id } = stores.exclusions.inForce().at(-1) ?? { id: '' };
    const revoked = await stores.exclusions.revoke(id, 'ana', 'it is over', 0);
    if (revoked !== undefined) kept('revocation', id);
  } else if (chance < 0.7) kept('annotation', await addAnnotation(stores));
  else kept(...(await changePage(stores)));
}

async function addExclusion({ exclusions }: Stores): Promise<string> {
  const to = '2026-11-01T01:00:00.000Z';
  const when = { kind: 'once', from: startedAt, to } as const;
  const input = { objectives: null, when, reason: 'planned', by: 'ana' };
  return (await exclusions.add(input, 0))?.id ?? '';
}

async function addAnnotation({ annotations }: Stores): Promise<string> {
  const input = annotationInputSchema.parse({ title: 'order 1.4.2', by: 'ben', at: startedAt });
  return (await annotations.add(input, 0)).id;
}

async function changePage({ pages }: Stores): Promise<['page' | 'resolution', string]> {
  const [firing] = pages.list({ status: 'firing', limit: 1 });
  if (firing !== undefined) {
    await pages.amend(firing.page.id, { status: 'resolved', endedAt: startedAt });
    return ['resolution', firing.page.id];
  }
  const id = crypto.randomUUID();
  await pages.save({ groupKey: 'group', page: { ...emptyPage, id } });
  return ['page', id];
}

const emptyPage = {
  status: 'firing' as const,
  severity: 'page' as const,
  pageGroup: 'orders',
  title: 'orders burn',
  summary: '',
  impact: '',
  startedAt,
  endedAt: null,
  objectives: [],
  budgetSpent: [],
  dashboardUrl: null,
  runbookUrl: null,
  exampleTrace: null,
  notifications: [],
};
