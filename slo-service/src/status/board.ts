import { setImmediate, setTimeout } from 'node:timers/promises';
import type { ServiceContext } from '../service-context.ts';
import { firingByObjective, statusOf } from '../service-context.ts';
import type { MeterHealth } from './knowledge.ts';
import { unreadableStatus } from './objective-status.ts';
import type { ObjectiveConfig } from './objective-config.ts';
import type { Standing } from './objective-status.ts';

/** How every promise stood at one minute, in the order of their declaration. */
export interface Board {
  /** The running minute of the ledger. */
  readonly asOf: string;
  readonly items: readonly Standing[];
}

/** How long a reader waits for fresh figures when there are older ones. */
const patienceMs = 300;

/** Older figures than these are not answered, however long fresh ones take. */
const ageMsMax = 60_000;

/** Other requests are answered after so many objectives. */
const objectivesAtOnce = 20;

/**
 * Answers all statuses, computed once for each revision of the ledger and each minute, whoever
 * asks. Thousands of objectives take longer than a reader waits: the last board is answered
 * then, with its own minute, and the fresh one next time.
 */
export function createBoard(context: ServiceContext): () => Promise<Board> {
  let last: Computed | undefined;
  let running: { readonly key: string; readonly board: Promise<Board> } | undefined;
  const refresh = (key: string): Promise<Board> => {
    if (running !== undefined) return running.board;
    const board = compute(context);
    running = { key, board };
    const settle = () => (running = undefined);
    board.then((done) => (last = { key, board: done, atMs: context.now() })).then(settle, settle);
    return board;
  };
  return async () => {
    const key = keyOf(context);
    if (last?.key === key) return last.board;
    const fresh = refresh(key);
    if (last === undefined || context.now() - last.atMs > ageMsMax) return fresh;
    return Promise.race([fresh, setTimeout(patienceMs, last.board, { ref: false })]);
  };
}

interface Computed {
  readonly key: string;
  readonly board: Board;
  readonly atMs: number;
}

function keyOf({ revision, now, clock }: ServiceContext): string {
  return `${revision()} ${Math.floor(now() / clock.minuteMs)}`;
}

/** One objective that cannot be read says so; the others are answered all the same. */
async function compute(context: ServiceContext): Promise<Board> {
  const { config, clock, now } = context;
  const asOf = clock.instant(Math.floor(now() / clock.minuteMs));
  const firing = firingByObjective(context);
  const meter = context.meterHealth();
  const items: Standing[] = [];
  for (const [index, objective] of config.objectives.entries()) {
    if (index % objectivesAtOnce === 0) await setImmediate();
    items.push(await readable(context, objective, firing.get(objective.id) ?? [], meter));
  }
  return { asOf, items };
}

async function readable(
  context: ServiceContext,
  objective: ObjectiveConfig,
  firing: readonly string[],
  meter: MeterHealth,
): Promise<Standing> {
  try {
    return await statusOf(context, objective, firing, { meter });
  } catch (error) {
    context.logger.error('an objective cannot be read', {
      objective: objective.id,
      'exception.message': String(error),
    });
    return unreadableStatus(objective, { clock: context.clock, nowMs: context.now() }, error);
  }
}
