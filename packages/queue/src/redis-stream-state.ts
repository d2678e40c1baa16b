import type { RedisClient } from '@sprout/data';
import { deadStream } from './redis-dead-letters.ts';
import { defaultLimits } from './redis-streams-limits.ts';
import type { RedisStreamsLimits } from './redis-streams-limits.ts';
import type { GroupState, LookAtStream } from './stream-state.ts';

/** Signs of life that a consumer may miss. */
const missedMax = 5;
/** Groups of one stream that are looked at. */
const groupsMax = 16;

/** State of streams from XINFO, XPENDING and XLEN: a few commands of constant cost for each. */
export function redisStreamState(
  redis: RedisClient,
  { signOfLifeMs }: Pick<RedisStreamsLimits, 'signOfLifeMs'> = defaultLimits,
): LookAtStream {
  const silentMsMax = missedMax * signOfLifeMs;
  const look = async (stream: string, group: string, info: Info): Promise<GroupState> => {
    const [pending, consumers, [waiting]] = await Promise.all([
      redis.xpending(stream, group),
      redis.xinfo('CONSUMERS', stream, group) as Promise<Flat[]>,
      redis.xrange(stream, `(${info['last-delivered-id']}`, '+', 'COUNT', 1),
    ]);
    const [count, oldestPending] = pending as [number, string | null];
    const oldest = [oldestPending, waiting?.[0]].flatMap((id) => (id == null ? [] : [timeOf(id)]));
    return {
      group,
      lag: info['lag'] === null ? undefined : Number(info['lag']),
      pending: count,
      oldestAgeSeconds:
        oldest.length === 0 ? 0 : Math.max(0, Date.now() - Math.min(...oldest)) / 1000,
      consumers: consumers.filter((one) => Number(infoOf(one)['idle']) < silentMsMax).length,
    };
  };
  return async (stream) => {
    const [groups, dead] = await Promise.all([
      groupsOf(redis, stream),
      redis.xlen(deadStream(stream)),
    ]);
    const states = groups
      .slice(0, groupsMax)
      .map((info) => look(stream, String(info['name']), info));
    return { groups: await Promise.all(states), dead };
  };
}

type Flat = readonly (string | number | null)[];
type Info = Readonly<Record<string, string | number | null>>;

async function groupsOf(redis: RedisClient, stream: string): Promise<Info[]> {
  try {
    return ((await redis.xinfo('GROUPS', stream)) as Flat[]).map(infoOf);
  } catch (error) {
    // Nothing has been published, and nobody has asked for anything.
    if (String(error).includes('no such key')) return [];
    throw error;
  }
}

/** Names and values of a reply, which has them flat. */
function infoOf(flat: Flat): Info {
  const info: Record<string, string | number | null> = {};
  for (let i = 0; i + 1 < flat.length; i += 2) info[String(flat[i])] = flat[i + 1] ?? null;
  return info;
}

/** Ids of entries begin with the time of their arrival. */
const timeOf = (id: string): number => Number.parseInt(id, 10);
