/**
 * Says how far a partition may be committed when its messages do not end in order: up to the
 * oldest that is not settled. What comes after it is delivered again after a crash.
 */
export interface OffsetTracker {
  /** False when this very offset is under way already, as after a rebalance. */
  begin(partition: number, offset: bigint): boolean;
  settle(partition: number, offset: bigint): void;
  /** Per partition the offset to go on from, where it moved since the last call. */
  takeAdvanced(): { readonly partition: number; readonly offset: bigint }[];
}

export function createOffsetTracker(): OffsetTracker {
  const partitions = new Map<number, Partition>();
  return {
    begin: (number, offset) => {
      const partition = partitions.get(number) ?? { open: new Set(), next: offset, taken: offset };
      partitions.set(number, partition);
      if (partition.open.has(offset)) return false;
      partition.open.add(offset);
      if (offset >= partition.next) partition.next = offset + 1n;
      return true;
    },
    settle: (number, offset) => void partitions.get(number)?.open.delete(offset),
    takeAdvanced: () =>
      [...partitions].flatMap(([number, partition]) => {
        const offset = safeOffset(partition);
        if (offset <= partition.taken) return [];
        partition.taken = offset;
        return [{ partition: number, offset }];
      }),
  };
}

interface Partition {
  /** Offsets that were begun and are not settled. */
  readonly open: Set<bigint>;
  /** Behind the highest offset that was begun. */
  next: bigint;
  /** What was committed last. */
  taken: bigint;
}

function safeOffset({ open, next }: Partition): bigint {
  let oldest = next;
  for (const offset of open) if (offset < oldest) oldest = offset;
  return oldest;
}
