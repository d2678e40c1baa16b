/**
 * A case of the meter in a text file. Scrapes happen every 15 s from second 5 on, so four fall
 * into each minute; a line holds one value for each scrape:
 *
 *   7        the value 7           7x3     three times 7
 *   0+10x3   0 10 20 30            _       no sample; _x3 three times none
 *   7~90     the sample of 7 arrives 90 s late
 *
 * Lines are `up`, `start` (process start, in seconds), `counter` (valid events) and `bad`; a
 * letter after the name, as in `counter b`, is another target; `a/x` is target a as the replica x
 * of a Prometheus pair saw it, and `@7s` shifts its scrapes. `clock 60s 600s 3600s` is a clock of
 * the meter that runs an hour ahead from second 60 to 600. `kill 70s` replaces the meter by
 * one that reads the ledger; `down 60s 120s` makes the source fail; `begin 300s` is when the
 * meter starts. `expect`, `expect-bad`, `coverage` and `state` list `minute:value`; minutes not
 * listed are 0. `total` is the sum of valid events, `quarantined` the number of
 * samples set aside.
 */
export interface MeterCase {
  readonly title: string;
  readonly line: number;
  readonly series: readonly CaseSeries[];
  readonly killsSeconds: readonly number[];
  readonly downSeconds: readonly (readonly [number, number])[];
  readonly clockSteps: readonly ClockStep[];
  readonly beginSeconds: number;
  readonly expectations: readonly Expectation[];
}

/** From when to when the meter's clock is ahead, and by how much. */
interface ClockStep {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly aheadSeconds: number;
}

/** Samples of one line; `delaySeconds` late. */
export interface CaseSeries {
  readonly kind: 'up' | 'start' | 'counter' | 'bad';
  readonly target: string;
  readonly replica: string | undefined;
  readonly samples: readonly {
    readonly atSeconds: number;
    readonly value: number;
    readonly delaySeconds: number;
  }[];
}

export interface Expectation {
  readonly what: 'expect' | 'expect-bad' | 'coverage' | 'state' | 'total' | 'quarantined';
  readonly values: ReadonlyMap<number, string>;
}

export const scrapeSeconds = 15;
export const firstScrapeSeconds = 5;

/** Reads a case file; throws on a line it does not understand. */
export function parseMeterCases(text: string): MeterCase[] {
  const cases: MutableCase[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*/, '').trim();
    if (line === '') continue;
    if (line.startsWith('case ')) {
      cases.push({ ...emptyCase(), title: line.slice('case '.length), line: index + 1 });
      continue;
    }
    const current = cases.at(-1);
    if (current === undefined) throw new Error(`line ${index + 1}: no case has begun`);
    readLine(current, line, index + 1);
  }
  return cases;
}

interface MutableCase {
  title: string;
  line: number;
  series: CaseSeries[];
  killsSeconds: number[];
  downSeconds: [number, number][];
  clockSteps: ClockStep[];
  beginSeconds: number;
  expectations: Expectation[];
}

const emptyCase = (): MutableCase => ({
  title: '',
  line: 0,
  series: [],
  killsSeconds: [],
  downSeconds: [],
  clockSteps: [],
  beginSeconds: 0,
  expectations: [],
});

function readLine(current: MutableCase, line: string, number: number): void {
  const [word = '', ...rest] = line.split(/\s+/);
  switch (word) {
    case 'up':
    case 'start':
    case 'counter':
    case 'bad':
      return void current.series.push(readSeries(word, rest));
    case 'kill':
      return void current.killsSeconds.push(...rest.map(seconds));
    case 'down':
      return void current.downSeconds.push([seconds(rest[0]), seconds(rest[1])]);
    case 'clock': {
      const [fromSeconds = 0, toSeconds = 0, aheadSeconds = 0] = rest.map(seconds);
      return void current.clockSteps.push({ fromSeconds, toSeconds, aheadSeconds });
    }
    case 'begin':
      current.beginSeconds = seconds(rest[0]);
      return;
    case 'expect':
    case 'expect-bad':
    case 'coverage':
    case 'state':
    case 'total':
    case 'quarantined':
      return void current.expectations.push({ what: word, values: readValues(rest) });
    default:
      throw new Error(`line ${number}: "${word}" is not known`);
  }
}

function readSeries(kind: CaseSeries['kind'], words: readonly string[]): CaseSeries {
  const [, target = 'a', replica] = /^([a-z])(?:\/([a-z]))?$/.exec(words[0] ?? '') ?? [];
  const shift = words.find((word) => word.startsWith('@'))?.slice(1);
  const tokens = words.filter((word) => !/^([a-z]|@)/.test(word)).flatMap(expandToken);
  return {
    kind,
    target,
    replica,
    samples: tokens.flatMap((token, index) => {
      if (token === '_') return [];
      const [value, delay] = token.split('~');
      const atSeconds = firstScrapeSeconds + seconds(shift ?? '0') + index * scrapeSeconds;
      return [{ atSeconds, value: Number(value), delaySeconds: Number(delay ?? 0) }];
    }),
  };
}

/** `0+10x3` → 0 10 20 30, `7x3` → 7 7 7. */
function expandToken(token: string): string[] {
  const match = /^(-?[\d.]+|_)(?:\+([\d.]+))?x(\d+)$/.exec(token);
  if (match === null) return [token];
  const [, first = '', step, times] = match;
  if (step === undefined) return Array.from({ length: Number(times) }, () => first);
  return Array.from({ length: Number(times) + 1 }, (_, index) =>
    String(Number(first) + index * Number(step)),
  );
}

function readValues(words: readonly string[]): Map<number, string> {
  return new Map(
    words.map((word) => {
      const [minute, value] = word.includes(':') ? word.split(':') : ['0', word];
      return [Number(minute), value ?? ''] as const;
    }),
  );
}

const seconds = (text = ''): number => Number.parseFloat(text);
