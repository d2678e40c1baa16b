import type { WaitingEvent } from './outbox.ts';

/** Events that are published together. */
export interface Piece {
  readonly stream: string;
  readonly events: readonly WaitingEvent[];
}

/** A broker of Kafka takes 1 MiB at once unless told otherwise, headers of ours included. */
const pieceBytesMax = 512 * 1024;

/** Cuts events by stream and size; each stream keeps its order. */
export function piecesOf(events: readonly WaitingEvent[], bytesMax = pieceBytesMax): Piece[] {
  const streams = Map.groupBy(events, ({ stream }) => stream);
  return [...streams].flatMap(([stream, all]) =>
    cut(all, bytesMax).map((some) => ({ stream, events: some })),
  );
}

/** An event that is too large by itself goes alone. */
function cut(events: readonly WaitingEvent[], bytesMax: number): WaitingEvent[][] {
  const pieces: WaitingEvent[][] = [];
  let bytesLeft = 0;
  for (const event of events) {
    if (pieces.length === 0 || event.bytes > bytesLeft) {
      pieces.push([]);
      bytesLeft = bytesMax;
    }
    pieces.at(-1)?.push(event);
    bytesLeft -= event.bytes;
  }
  return pieces;
}
