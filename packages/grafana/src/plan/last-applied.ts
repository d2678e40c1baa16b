import { gunzipSync, gzipSync } from 'node:zlib';
import type { GrafanaResource } from '../resource.ts';

/** Keeps what we applied last, so that drift can tell a change by hand from a change of code. */
const annotation = 'sprout/last-applied';

/** Kubernetes allows 256 KiB for all annotations of a resource; ours takes a quarter at most. */
const annotationCharsMax = 64 * 1024;
const specBytesMax = 8 * 1024 * 1024;

/** The annotation to send along; none for a spec that is too large even when packed. */
export function lastAppliedAnnotation(spec: unknown): Record<string, string> {
  const packed = gzipSync(JSON.stringify(spec)).toString('base64');
  return packed.length > annotationCharsMax ? {} : { [annotation]: packed };
}

/** The spec as we applied it last, or undefined when Grafana did not keep it. */
export function lastApplied({ metadata }: GrafanaResource): unknown {
  const packed = metadata.annotations?.[annotation];
  if (packed === undefined) return undefined;
  try {
    const bytes = gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: specBytesMax });
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // Somebody wrote something else there; the caller then compares with the code.
    return undefined;
  }
}

/** Annotations without ours: what another spec must not inherit. */
export function withoutLastApplied(
  annotations: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== annotation));
}
