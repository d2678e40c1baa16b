import { WireError } from '../wire-error.ts';
import type { ProtoReader } from './reader.ts';

/** The part of a message type that structure checks need: which fields are messages, which are identifiers. */
export interface Shape {
  /** Nested message types by tag; getters allow recursive types. */
  readonly messages: Readonly<Record<number, () => Shape>>;
  /** Exact byte length of identifiers by tag; an empty one is allowed. */
  readonly ids?: Readonly<Record<number, number>>;
  /** Whether messages of this type are what the caller counts. */
  readonly counted?: boolean;
  /** How much deeper this type is than the one around it, for types that contain themselves. */
  readonly recursive?: boolean;
}

/**
 * Walks the structure of a message without building anything and returns how many counted messages
 * it holds. What passes, the full decoder reads without an error.
 *
 * @throws WireError on any length, number or identifier that does not fit.
 */
export function countInShape(
  reader: ProtoReader,
  shape: Shape,
  depthMax: number,
  depth = 0,
): number {
  if (depth > depthMax) throw new WireError(`attribute values nest deeper than ${depthMax}`);
  let count = shape.counted ? 1 : 0;
  while (reader.position < reader.end) {
    const tag = reader.tag();
    const inner = shape.messages[tag];
    if (inner) count += countInside(reader, inner(), depthMax, depth);
    else checkScalar(reader, shape, tag);
  }
  return count;
}

function countInside(reader: ProtoReader, shape: Shape, depthMax: number, depth: number): number {
  const outerEnd = reader.end;
  reader.end = reader.lengthEnd();
  const count = countInShape(reader, shape, depthMax, shape.recursive ? depth + 1 : depth);
  reader.end = outerEnd;
  return count;
}

function checkScalar(reader: ProtoReader, shape: Shape, tag: number): void {
  const idLength = shape.ids?.[tag];
  if (idLength === undefined) {
    reader.skip(tag);
    return;
  }
  const end = reader.lengthEnd();
  const length = end - reader.position;
  if (length !== 0 && length !== idLength) {
    throw new WireError(`undecodable protobuf: an identifier of ${length} bytes`);
  }
  reader.position = end;
}
