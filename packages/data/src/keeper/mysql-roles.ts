import type { Logger } from '@sprout/process';
import type { MariadbName } from '../servers/mariadb-names.ts';
import type { MysqlServer, ReplicaStatus } from './mysql-server.ts';

/** Which of two servers takes writes, kept where a keeper that starts again finds it. */
export interface RoleBook {
  primary(): MariadbName;
  /** Whether the other server has everything that the primary has acknowledged. */
  inSync(): boolean;
  write(primary: MariadbName, inSync: boolean): void;
}

export interface MysqlRolesParts {
  readonly servers: readonly [MysqlServer, MysqlServer];
  readonly book: RoleBook;
  readonly logger: Logger;
  /** Tells everybody where commands and queries go now; addresses are `host:port`. */
  publish(roles: { readonly primary: string; readonly replica: string }): void;
  /** Copies the primary's data to an empty server. */
  copy(from: MysqlServer, to: MysqlServer): Promise<void>;
  /** Ends a server that cannot follow; its supervisor starts it again, which rolls back what was
   * never acknowledged. */
  restart(server: MysqlServer): void;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
}

/** A primary that does not answer for so long is replaced. */
export const failOverAfterMs = 3_000;
/** Commits stop waiting for a replica that is away for so long. */
const waitForReplicaMs = 2_000;
/** A server that cannot follow is started again, once in a while. */
const restartAfterMs = 10_000;

/** Looks after two servers: one takes writes, the other follows it, until it has to replace it. */
export function mysqlRoles(parts: MysqlRolesParts) {
  const { servers, book, logger, publish, now } = parts;
  const seenAtMs = new Map<MysqlServer, number>(servers.map((server) => [server, now()]));
  let restartedAtMs = -Infinity;
  let waitingBecause: string | undefined;
  const named = (name: MariadbName) => {
    const [first, second] = servers;
    return first.name === name
      ? { primary: first, other: second }
      : { primary: second, other: first };
  };
  const awayMs = (server: MysqlServer) => now() - (seenAtMs.get(server) ?? 0);
  const see = async (server: MysqlServer) => {
    try {
      await server.isReadOnly();
      seenAtMs.set(server, now());
      return true;
    } catch {
      // It does not answer: how long it has not is what counts.
      return false;
    }
  };
  const lead = async (primary: MysqlServer) => {
    if ((await primary.isReadOnly()) || (await primary.replicaStatus()) !== undefined) {
      await primary.promote();
      logger.info('mysql primary', { server: primary.name });
    }
  };
  /**
   * A former primary may still wait for an acknowledgement that will not come; what it had not
   * sent is rolled back when it starts, and was answered to nobody.
   */
  const restart = (server: MysqlServer, reason: string) => {
    if (now() - restartedAtMs < restartAfterMs) return;
    restartedAtMs = now();
    logger.warn('mysql server is started again to follow', { server: server.name, reason });
    parts.restart(server);
  };
  const follow = async (primary: MysqlServer, replica: MysqlServer) => {
    const address = primary.address();
    if (address === undefined) return;
    const status = await replica.replicaStatus();
    if (follows(status, address)) return;
    if (!(await replica.isReadOnly()) || (status !== undefined && isStuck(status))) {
      return restart(replica, status?.error ?? 'it was the primary');
    }
    if ((await replica.isEmpty()) && !(await primary.isEmpty())) await parts.copy(primary, replica);
    await replica.follow(address);
    logger.info('mysql replica', { server: replica.name, primary: primary.name });
  };
  /**
   * Commits wait for a replica that follows, and for none that does not. Being in sync is noted
   * when the replica has all that was written before the waiting began, and given up before it
   * ends. Answers whether queries can go to the replica.
   */
  const settleWaiting = async (primary: MysqlServer, replica: MysqlServer, isThere: boolean) => {
    const written = await primary.written();
    const status = isThere ? await replica.replicaStatus() : undefined;
    const isFollowing = status?.receiving === true && status.applying;
    const isWaiting = await primary.isWaitingForReplica();
    if (isFollowing && isWaiting && status.received >= written) book.write(primary.name, true);
    if (isFollowing && !isWaiting) await primary.waitForReplica(true);
    if (!isFollowing && isWaiting && (isThere || awayMs(replica) > waitForReplicaMs)) {
      book.write(primary.name, false);
      await primary.waitForReplica(false);
    }
    return isFollowing;
  };
  const tend = async (primary: MysqlServer, replica: MysqlServer) => {
    await follow(primary, replica);
    return settleWaiting(primary, replica, true);
  };
  /** Says so once. */
  const waitFor = (primary: MysqlServer, reason: string) => {
    if (reason === waitingBecause) return;
    waitingBecause = reason;
    logger.warn('mysql primary is away, and waited for', { server: primary.name, reason });
  };
  const isApplying = async (replica: MysqlServer) => (await replica.replicaStatus())?.applying;
  const hasAppliedTheRest = async (replica: MysqlServer) => {
    await replica.applyTheRest();
    return (await replica.replicaStatus())?.drained !== false;
  };
  const promote = async (replica: MysqlServer, former: MysqlServer) => {
    await replica.promote();
    book.write(replica.name, false);
    const address = replica.address() ?? '';
    publish({ primary: address, replica: address });
    logger.warn('mysql primary replaced', { from: former.name, to: replica.name });
  };
  /**
   * A replica that was started again itself dropped what it had received and not applied: whether
   * it has everything can then only the primary tell.
   */
  const replaceAway = async (primary: MysqlServer, replica: MysqlServer) => {
    if (!book.inSync()) {
      return waitFor(primary, 'nobody else has all that it acknowledged');
    }
    if ((await isApplying(replica)) === false) {
      return waitFor(primary, `${replica.name} was started again meanwhile`);
    }
    if (await hasAppliedTheRest(replica)) await promote(replica, primary);
  };
  return {
    /** One look at both servers, and what follows from it. */
    look: async (): Promise<void> => {
      const { primary, other } = named(book.primary());
      const [isPrimaryThere, isOtherThere] = await Promise.all([see(primary), see(other)]);
      if (!isPrimaryThere) {
        if (isOtherThere && awayMs(primary) > failOverAfterMs) await replaceAway(primary, other);
        return;
      }
      waitingBecause = undefined;
      // It was started again and may have rolled back what it had answered, which the other has.
      if (isOtherThere && book.inSync() && (await primary.isReadOnly())) {
        // Started again, it has nothing left to apply, and no position that could tell.
        if ((await isApplying(other)) && !(await hasAppliedTheRest(other))) return;
        if ((await other.written()) >= (await primary.written())) return promote(other, primary);
      }
      await lead(primary);
      const inSync = isOtherThere
        ? await other.alone(() => tend(primary, other))
        : await settleWaiting(primary, other, false);
      const primaryAddress = primary.address() ?? '';
      const replicaAddress = inSync ? (other.address() ?? '') : primaryAddress;
      publish({ primary: primaryAddress, replica: replicaAddress });
    },
  };
}

function follows(status: ReplicaStatus | undefined, primary: string): boolean {
  if (status === undefined || status.error !== '' || status.stopped) return false;
  return status.applying && primary.endsWith(`:${status.primaryPort}`);
}

/** It replicates no more, by an error that no new attempt mends. */
function isStuck({ receiving, applying, error }: ReplicaStatus): boolean {
  return error !== '' && !(receiving && applying) && !isConnecting(error);
}

const isConnecting = (error: string): boolean => /connecting to master|reconnect/i.test(error);
