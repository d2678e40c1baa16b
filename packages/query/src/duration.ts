const unitSeconds = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/**
 * Reads a Prometheus duration such as `30d`, `1h30m` or `250ms` into seconds.
 * Throws RangeError on anything else.
 */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new RangeError(`"${text}" is not a duration; write for example 30d, 1h30m or 250ms`);
  }
  return parts.reduce((sum, part) => sum + Number(part[1]) * unitSeconds[unitOf(part)], 0);
}

/** Writes seconds as a Prometheus duration, exact to the millisecond: 5400 → `1h30m`. */
export function formatDuration(seconds: number): string {
  let rest = Math.round(seconds * 1000);
  if (rest <= 0) return '0s';
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const size = Math.round(unitSeconds[unit] * 1000);
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}

function unitOf(part: RegExpMatchArray): keyof typeof unitSeconds {
  return part[2] as keyof typeof unitSeconds;
}
