/**
 * The reading of a zone's wall clock, as if it stood in Greenwich: Unix milliseconds of the same
 * date and time in UTC. A local time is compared, taken apart and added to in this form.
 */
export type LocalMs = number;

/** What the wall clock of an IANA zone shows at an instant. Throws RangeError on other zones. */
export function localTime(atMs: number, zone: string): LocalMs {
  const parts = formatOf(zone).formatToParts(atMs);
  const field = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
    ((atMs % 1000) + 1000) % 1000,
  );
}

/**
 * The earliest instant, to the minute, at which the wall clock of a zone has reached a local
 * time. A time that a clock change skips is reached when the change happens; of a time that
 * comes twice, the first one counts. No library is needed: a wall clock is at most one change
 * away from what its offsets a day earlier and a day later say.
 */
export function instantOf(local: LocalMs, zone: string): number {
  const offsets = [local - dayMs, local + dayMs].map((at) => localTime(at, zone) - at);
  let before = local - Math.max(...offsets);
  if (localTime(before, zone) >= local) return before;
  let reached = local - Math.min(...offsets);
  while (reached - before > minuteMs) {
    const middle = before + Math.round((reached - before) / 2 / minuteMs) * minuteMs;
    if (localTime(middle, zone) >= local) reached = middle;
    else before = middle;
  }
  return reached;
}

/** True for names of the IANA time zone database that this runtime knows. */
export function isZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    // Intl refuses a zone by throwing RangeError; there is no other way to ask.
    return false;
  }
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Making a format takes much longer than using it. There are some 600 zones, so it is bounded. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
}
