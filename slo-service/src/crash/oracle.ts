import { minutesPerDay } from '../ledger/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { firstMinute, minuteOf, numberOf, objectives } from './workload.ts';
import type { Kept, Stores, WorkloadEvents } from './workload.ts';

/** What was found over all rounds. */
export interface Verdict {
  /** Promises that were checked: final minutes and records. */
  readonly events: number;
  readonly lost: number;
  readonly doubled: number;
}

/** Knows what was promised and compares it with what is found afterwards. */
export class Oracle implements WorkloadEvents {
  readonly #kept = new Map<string, Kept[]>();
  #number = -1;
  #checkedNumber = -1;
  #events = 0;
  #lost = 0;
  #doubled = 0;

  readonly final = (number: number): void => void (this.#number = Math.max(this.#number, number));

  readonly kept = (what: Kept, id: string): void =>
    void this.#kept.set(id, [...(this.#kept.get(id) ?? []), what]);

  /** The same files are gone on with after this. */
  async check(stores: Stores): Promise<void> {
    await this.#checkMinutes(stores.ledger);
    for (const [id, kept] of this.#kept) {
      for (const what of kept) this.#count(copiesOf(stores, what, id));
    }
    this.#kept.clear();
  }

  /** The files cannot be opened any more: all that they held is lost. */
  damaged(): void {
    this.#lost += 1 + this.#kept.size;
    this.#kept.clear();
  }

  /** The next round begins with an empty disk. */
  startAnew(): void {
    this.#number = -1;
    this.#checkedNumber = -1;
  }

  get verdict(): Verdict {
    return { events: this.#events, lost: this.#lost, doubled: this.#doubled };
  }

  async #checkMinutes(ledger: Ledger): Promise<void> {
    const number = numberOf(await ledger.checkpoint());
    if (number < this.#number) this.#lost += this.#number - number;
    for (const [index, objective] of objectives.entries()) {
      await this.#checkObjective(ledger, objective, index, number);
    }
    // What was never promised may have been kept, and is gone on with.
    this.#number = number;
    this.#checkedNumber = number;
  }

  /** Each new minute by itself, and the roll-ups of all days by their sum. */
  async #checkObjective(ledger: Ledger, objective: string, index: number, number: number) {
    const from = this.#checkedNumber + 1;
    const columns = await ledger.minutes(objective, firstMinute + from, firstMinute + number + 1);
    for (let at = from; at <= number; at++) {
      const valid = columns.valid[at - from] ?? 0;
      this.#count(valid / minuteOf(at, index).valid);
    }
    let expected = 0;
    // The minute after the last final one is provisional.
    const first = number < 0 ? 1 : 0;
    for (let at = first; at <= number; at++) expected += minuteOf(at, index).valid;
    const begin = Math.floor(firstMinute / minutesPerDay) * minutesPerDay;
    const { valid } = await ledger.sum(objective, begin, firstMinute + number + 1);
    if (valid < expected) this.#lost += 1;
    if (valid > expected) this.#doubled += 1;
  }

  #count(copies: number): void {
    this.#events += 1;
    if (copies < 1) this.#lost += 1;
    if (copies > 1) this.#doubled += 1;
  }
}

function copiesOf({ exclusions, annotations, pages }: Stores, what: Kept, id: string): number {
  const annotation = () => annotations.list({ fromMs: 0, toMs: Infinity, limit: Infinity });
  const exclusion = () => exclusions.list({ revoked: true });
  const page = () => pages.list({ limit: Infinity }).map((record) => record.page);
  const found = {
    exclusion: () => exclusion().filter((one) => one.id === id),
    revocation: () => exclusion().filter((one) => one.id === id && one.revoked !== null),
    annotation: () => annotation().filter((one) => one.id === id),
    page: () => page().filter((one) => one.id === id),
    resolution: () => page().filter((one) => one.id === id && one.status === 'resolved'),
  };
  return found[what]().length;
}
