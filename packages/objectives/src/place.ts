const places = new WeakMap<object, string>();

/** Frames of ours that stand between a declaration and its caller. */
const ownFiles = ['objective.ts', 'sli.ts', 'place.ts'].map(
  (file) => new URL(file, import.meta.url).href,
);

/** Remembers beside a declaration, which stays plain data, where in the source it was written. */
export function placed<T extends object>(declaration: T): T {
  const frames = new Error('where').stack?.split('\n').slice(1) ?? [];
  const caller = frames.find((frame) => !ownFiles.some((file) => frame.includes(file)));
  const [, url, line, column] = /(file:\/\/.*?):(\d+):(\d+)\)?$/.exec(caller ?? '') ?? [];
  if (url !== undefined)
    places.set(declaration, `${decodeURIComponent(new URL(url).pathname)}:${line}:${column}`);
  return declaration;
}

/** Where a declaration was written, `file:line:column`; undefined when it was copied or read. */
export function declaredAt(declaration: object): string | undefined {
  return places.get(declaration);
}
