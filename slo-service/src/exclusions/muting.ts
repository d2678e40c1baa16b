import type { Silence } from '@sprout/query';
import type { AlertmanagerSilences, WantedSilence } from './alertmanager-silences.ts';
import type { Exclusion } from './exclusion.ts';
import { wantedSilences } from './wanted-silences.ts';

/** Keeps Alertmanager's silences in step with planned exclusions. */
export interface Muting {
  /** Creates what is missing and ends what is no longer wanted; never rejects. */
  sync(nowMs: number): Promise<void>;
}

/** Silences that are wanted at a time; the nearest come first. */
const silencesMax = 2000;

/** Muting over the exclusions in force; runs are one after the other. */
export function createMuting(options: {
  inForce(): readonly Exclusion[];
  readonly silences: AlertmanagerSilences;
  /** Told when alerts cannot be muted, for a new reason; null when they are again. */
  onTrouble(reason: string | null): void;
}): Muting {
  const { inForce, silences, onTrouble } = options;
  let running = Promise.resolve();
  let trouble: string | null = null;
  let owns = true;
  const attempt = async (nowMs: number) => {
    const wanted = wantedSilences(inForce(), nowMs)
      .toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
      .slice(0, silencesMax);
    // Nobody is asked while there never was anything to mute; what an earlier process made is.
    if (wanted.length === 0 && !owns) return;
    try {
      await reconcile(silences, wanted);
      owns = wanted.length > 0;
      if (trouble !== null) onTrouble(null);
      trouble = null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (wanted.length === 0 || reason === trouble) return;
      trouble = reason;
      onTrouble(reason);
    }
  };
  return { sync: (nowMs) => (running = running.then(() => attempt(nowMs))) };
}

async function reconcile(silences: AlertmanagerSilences, wanted: readonly WantedSilence[]) {
  const known = new Map<string, Silence>();
  const surplus: Silence[] = [];
  const keys = new Set(wanted.map(keyOf));
  for (const silence of await silences.list()) {
    const key = keyOf(silence);
    if (keys.has(key) && !known.has(key)) known.set(key, silence);
    else surplus.push(silence);
  }
  for (const { id } of surplus) await silences.expire(id);
  for (const silence of wanted) if (!known.has(keyOf(silence))) await silences.create(silence);
}

/** The comment names the exclusion and its time; Alertmanager moves a begin that is past. */
const keyOf = ({ comment, matchers }: Pick<WantedSilence, 'comment' | 'matchers'>) =>
  JSON.stringify([comment, matchers.map(({ name, value }) => [name, value])]);
