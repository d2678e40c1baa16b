/**
 * Keeps the values of an open label few: the first `valuesMax` are let through, all later ones
 * become `other`, so that a client who invents names cannot fill the memory of the metrics engine.
 */
export function boundedLabel(valuesMax: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= valuesMax) return 'other';
    known.add(value);
    return value;
  };
}
