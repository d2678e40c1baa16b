import type { Job } from '../domain/job.ts';

/** What came of one order: moved on by us, or it had moved on by itself. */
export type StepResult = 'changed' | 'moved_on';

/** The orders, as the order service offers them. */
export interface OrderDesk {
  /** Ids of orders in a state since before a time, oldest first; pages count from 0. */
  waiting(state: Job['state'], before: Date, page: number, size: number): Promise<string[]>;
  deliver(id: string): Promise<StepResult>;
  remove(id: string): Promise<StepResult>;
}

/** What a run did. `partial`: something is left, for the next run. */
export interface Result {
  readonly outcome: 'done' | 'partial';
  readonly changed: number;
  readonly failed: number;
}

export interface Work {
  readonly desk: OrderDesk;
  readonly now: Date;
  /** Told after each piece how many orders it changed. */
  readonly changed: (count: number) => void;
  /** Told of each order that could not be moved on. */
  readonly failed: (id: string, error: unknown) => void;
  /** Aborting ends the run after the piece at hand. */
  readonly signal: AbortSignal;
  readonly limits?: Limits;
}

export interface Limits {
  /** Orders asked for at once. */
  readonly pieceSize: number;
  /** Pieces of one run; the rest waits for the next. */
  readonly piecesMax: number;
  /** Orders moved at once. */
  readonly lanes: number;
}

const defaultLimits: Limits = { pieceSize: 100, piecesMax: 50, lanes: 4 };

/**
 * Works through the orders of a job in pieces. Nothing is remembered between runs: what is done
 * leaves the list, so a run that was broken off is continued by the next. An order that fails is
 * passed over, and does not hold up those behind it. Rejects when the list cannot be read.
 */
export async function workThrough(job: Job, work: Work): Promise<Result> {
  const { pieceSize, piecesMax, lanes } = work.limits ?? defaultLimits;
  const before = new Date(work.now.getTime() - job.olderThanMs);
  /** These stay at the head of the list: they failed, or a replica still shows them. */
  const passedOver = new Set<string>();
  let changed = 0;
  let failed = 0;
  const take = async (id: string): Promise<void> => {
    try {
      if ((await work.desk[job.step](id)) === 'changed') changed += 1;
      else passedOver.add(id);
    } catch (error) {
      passedOver.add(id);
      failed += 1;
      work.failed(id, error);
    }
  };
  for (let piece = 0; piece < piecesMax && !work.signal.aborted; piece += 1) {
    const page = Math.floor(passedOver.size / pieceSize);
    const listed = await work.desk.waiting(job.state, before, page, pieceSize);
    const fresh = listed.filter((id) => !passedOver.has(id));
    if (fresh.length === 0) return { outcome: failed === 0 ? 'done' : 'partial', changed, failed };
    const changedBefore = changed;
    await inLanes(fresh, lanes, take);
    work.changed(changed - changedBefore);
  }
  return { outcome: 'partial', changed, failed };
}

async function inLanes(
  ids: readonly string[],
  lanes: number,
  take: (id: string) => Promise<void>,
): Promise<void> {
  const waiting = ids.values();
  const lane = async () => {
    for (const id of waiting) await take(id);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
