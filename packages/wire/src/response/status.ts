import { ProtoWriter } from '../protobuf/writer.ts';

/** Encodes a `google.rpc.Status`, the body of every OTLP/HTTP error. `code` is a gRPC code, for example 3 or 14. */
export function encodeStatus(code: number, message: string): Uint8Array {
  const writer = new ProtoWriter();
  if (code !== 0) writer.int64(8, code);
  if (message !== '') writer.string(18, message);
  return writer.finish();
}
