/** A place in a file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a problem such as `ports.gateway: Too big` was written: the last key of its path that is
 * found in the source, each searched after the one before. Undefined when not even the first is.
 */
export function placeOf(problem: string, source: string): Place | undefined {
  const keys = /^([\w.-]+):/.exec(problem)?.[1]?.split('.') ?? [];
  let offset: number | undefined;
  for (const key of keys.filter((word) => !/^\d+$/.test(word))) {
    const found = indexOfKey(key, source, offset ?? 0);
    if (found === undefined) break;
    offset = found;
  }
  return offset === undefined ? undefined : placeAt(source, offset);
}

function indexOfKey(key: string, source: string, from: number): number | undefined {
  const escaped = key.replaceAll(/[^\w]/g, '\\$&');
  const pattern = new RegExp(String.raw`(?<![\w-])['"]?${escaped}['"]?\s*[:,}]`, 'g');
  pattern.lastIndex = from;
  return pattern.exec(source)?.index;
}

function placeAt(source: string, offset: number): Place {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
