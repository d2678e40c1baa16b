import type { Attributes } from '../attribute/attributes.ts';
import { readAttribute } from '../attribute/decode.ts';
import type { ProtoReader } from '../protobuf/reader.ts';

/** Reads the fields of `opentelemetry.proto.resource.v1.Resource`. */
export function readResource(reader: ProtoReader, tag: number, resource: Attributes): boolean {
  if (tag !== 10) return false;
  readAttribute(reader, resource);
  return true;
}

/** Reads the name out of `opentelemetry.proto.common.v1.InstrumentationScope`. */
export function readScope(reader: ProtoReader, tag: number, scope: { name: string }): boolean {
  if (tag !== 10) return false;
  scope.name = reader.string();
  return true;
}
