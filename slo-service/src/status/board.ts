import { setImmediate, setTimeout } from 'node:timers/promises';
import type { ServiceContext } from '../service-context.ts';
import { firingByObjective, firingByObjectiveAt, statusAt, statusOf } from '../service-context.ts';
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

/** Boards of past instants that are remembered, so that the parts of a list are of one board. */
const pastBoardsMax = 4;

/** Answers how every promise stood at an instant of the past, by the ledger and the pages of then. */
export function createPastBoard(context: ServiceContext): (atMs: number) => Promise<Board> {
  const boards = new Map<string, Promise<Board>>();
  return (atMs) => {
    const key = `${context.revision()} ${atMs}`;
    const known = boards.get(key);
    if (known !== undefined) return known;
    const firing = firingByObjectiveAt(context, atMs);
    const board = boardOf(context, atMs, (objective) =>
      statusAt(context, objective, atMs, firing.get(objective.id) ?? []),
    );
    boards.set(key, board);
    const [oldest] = boards.keys();
    if (oldest !== undefined && boards.size > pastBoardsMax) boards.delete(oldest);
    board.catch(() => boards.delete(key));
    return board;
  };
}

function compute(context: ServiceContext): Promise<Board> {
  const firing = firingByObjective(context);
  const meter = context.meterHealth();
  return boardOf(context, context.now(), (objective) =>
    statusOf(context, objective, firing.get(objective.id) ?? [], { meter }),
  );
}

async function boardOf(
  context: ServiceContext,
  atMs: number,
  standing: (objective: ObjectiveConfig) => Promise<Standing>,
): Promise<Board> {
  const { config, clock } = context;
  const items: Standing[] = [];
  for (const [index, objective] of config.objectives.entries()) {
    if (index % objectivesAtOnce === 0) await setImmediate();
    items.push(await readable(context, objective, atMs, standing));
  }
  return { asOf: clock.instant(Math.floor(atMs / clock.minuteMs)), items };
}

/** One objective that cannot be read says so; the others are answered all the same. */
async function readable(
  { logger, clock }: ServiceContext,
  objective: ObjectiveConfig,
  atMs: number,
  standing: (objective: ObjectiveConfig) => Promise<Standing>,
): Promise<Standing> {
  try {
    return await standing(objective);
  } catch (error) {
    logger.error('an objective cannot be read', {
      objective: objective.id,
      'exception.message': String(error),
    });
    return unreadableStatus(objective, { clock, nowMs: atMs }, error);
  }
}
