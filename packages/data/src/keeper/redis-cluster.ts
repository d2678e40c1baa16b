import type { Redis } from 'ioredis';
import { z } from 'zod';

const slotsMax = 16_384;
const mastersMax = 3;

/** A node of the cluster, and where its bus listens. */
export interface RedisNode {
  readonly redis: Redis;
  readonly host: string;
  readonly port: number;
  readonly busPort: number;
}

/**
 * Joins nodes to a cluster: the first three are masters of a third of the slots each, the others
 * replicate them. Nodes that already belong to one only hear again where the others listen.
 * Resolves to undefined when the cluster answers for every slot, else to what is missing.
 */
export async function joinCluster(nodes: readonly RedisNode[]): Promise<string | undefined> {
  const [first] = nodes;
  if (first === undefined) return 'there are no nodes';
  if (await isWhole(first.redis, nodes.length)) return undefined;
  await Promise.all(nodes.map((node) => meet(first, node)));
  if ((await knownNodes(first.redis)) < nodes.length) return 'the nodes do not know each other yet';
  await dealSlots(nodes.slice(0, mastersMax));
  await replicate(nodes);
  return (await isWhole(first.redis, nodes.length)) ? undefined : 'the cluster is settling';
}

/** True when all slots are answered for and every other node replicates a master. */
async function isWhole(redis: Redis, nodes: number): Promise<boolean> {
  const info = await clusterInfo(redis);
  const isAnswered =
    info['cluster_state'] === 'ok' && info['cluster_slots_ok'] === String(slotsMax);
  return isAnswered && (await replicasOf(redis)) >= nodes - mastersMax;
}

async function replicasOf(redis: Redis): Promise<number> {
  const text = z.string().parse(await redis.cluster('NODES'));
  return text.split('\n').filter((line) => /\bslave\b/.test(line)).length;
}

async function clusterInfo(redis: Redis): Promise<Record<string, string>> {
  const text = z.string().parse(await redis.cluster('INFO'));
  return Object.fromEntries(text.split('\r\n').map((line) => line.split(':', 2)));
}

async function knownNodes(redis: Redis): Promise<number> {
  return Number((await clusterInfo(redis))['cluster_known_nodes']);
}

async function meet(first: RedisNode, { host, port, busPort }: RedisNode): Promise<void> {
  if (port === first.port) return;
  await first.redis.call('CLUSTER', 'MEET', host, String(port), String(busPort));
}

async function dealSlots(masters: readonly RedisNode[]): Promise<void> {
  for (const [index, { redis }] of masters.entries()) {
    const info = await clusterInfo(redis);
    if (Number(info['cluster_slots_assigned']) === slotsMax) return;
    const from = Math.ceil((slotsMax / masters.length) * index);
    const to = Math.ceil((slotsMax / masters.length) * (index + 1)) - 1;
    // Dealt before, and not yet heard of by this node.
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to)).catch(() => undefined);
  }
}

/** Only masters without slots become replicas: an election may have changed who is what. */
async function replicate(nodes: readonly RedisNode[]): Promise<void> {
  const ids = await Promise.all(
    nodes.slice(0, mastersMax).map(async ({ redis }) => String(await redis.cluster('MYID'))),
  );
  for (const [index, { redis }] of nodes.slice(mastersMax).entries()) {
    const master = ids[index % mastersMax];
    if (master === undefined || !(await isEmptyMaster(redis))) continue;
    // It may not have heard of its master yet; the next look tries again.
    await redis.call('CLUSTER', 'REPLICATE', master).catch(() => undefined);
  }
}

async function isEmptyMaster(redis: Redis): Promise<boolean> {
  const text = z.string().parse(await redis.cluster('NODES'));
  const own =
    text
      .split('\n')
      .find((line) => line.includes('myself'))
      ?.split(' ') ?? [];
  return (own[2] ?? '').includes('master') && own.length <= 8;
}
