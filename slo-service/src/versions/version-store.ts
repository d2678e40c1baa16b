import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { declaredHistory, termsOf, windowName } from '@sprout/objectives';
import type { DatedTerms } from '@sprout/objectives';
import type { RecordKind, Records } from '../records/record-store.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { declaredInMinutes, historyInMinutes } from './promise-history.ts';
import type { PromiseHistory } from './promise-history.ts';
import { historyRecordSchema } from './version.ts';
import type { AllVersions, HistoryRecord, RecordedVersion } from './version.ts';

/** Nothing is ever forgotten: a record says what was known of a promise at its time. */
const historyKind: RecordKind<HistoryRecord> = {
  name: 'promise-history',
  schema: historyRecordSchema,
  recordsMax: 50_000,
};

/** What was promised when, and since when that is known. */
export interface VersionStore {
  /** By ledger minutes, as it is known now. */
  historyOf(objective: ObjectiveConfig): PromiseHistory;
  /** As it was known at an instant; all that is known unless given. */
  list(objective: ObjectiveConfig, knownAtMs?: number): AllVersions;
  /** Grows with every change. */
  revision(): number;
}

/**
 * Opens the versions and records what the configuration has changed: a target, a window, a
 * threshold or the ratio of slices comes into force with the running minute, unless the objective
 * declares its former promises itself; then its declaration is the whole history.
 */
export async function openVersionStore(
  records: Records,
  objectives: readonly ObjectiveConfig[],
  nowMs: number,
  minuteMs: number,
): Promise<VersionStore> {
  const store = await records.open(historyKind);
  const latest = new Map(store.all().map((record) => [record.objective, record]));
  const changed: HistoryRecord[] = [];
  for (const objective of objectives) {
    const known = latest.get(objective.id)?.versions ?? [];
    const versions = nextVersions(objective, known, nowMs, minuteMs);
    if (isDeepStrictEqual(versions, known)) continue;
    const recordedAt = new Date(nowMs).toISOString();
    const record = { objective: objective.id, recordedAt, versions: [...versions] };
    changed.push(record);
    latest.set(objective.id, record);
  }
  // A first start records every objective: one transaction, not one for each.
  if (changed.length > 0) await store.putAll(changed.map((record) => [idOf(record), record]));
  const histories = new Map(
    Array.from(latest, ([id, { versions }]) => [
      id,
      historyInMinutes(versions.map(datedTerms), minuteMs),
    ]),
  );
  return {
    historyOf: (objective) => histories.get(objective.id) ?? declaredInMinutes(objective, minuteMs),
    list: ({ id }, knownAtMs) => {
      const known = store
        .all()
        .filter(({ objective }) => objective === id)
        .findLast(({ recordedAt }) => Date.parse(recordedAt) <= (knownAtMs ?? Infinity));
      return {
        id,
        knownAt: knownAtMs === undefined ? null : new Date(knownAtMs).toISOString(),
        items: (known?.versions ?? []).map((version, index, all) => ({
          ...version,
          window: windowName(version.window),
          until: all[index + 1]?.from ?? null,
        })),
      };
    },
    revision: store.revision,
  };
}

function nextVersions(
  objective: ObjectiveConfig,
  known: readonly RecordedVersion[],
  nowMs: number,
  minuteMs: number,
): readonly RecordedVersion[] {
  const recordedAt = new Date(nowMs).toISOString();
  if (objective.before.length > 0) {
    const declared = declaredHistory(objective);
    return declared.map((terms) => sameAs(terms, known) ?? dated(terms, recordedAt, 'declared'));
  }
  const last = known.at(-1);
  if (last !== undefined && isDeepStrictEqual(termsIn(last), termsOf(objective))) return known;
  const fromMs = last === undefined ? null : Math.floor(nowMs / minuteMs) * minuteMs;
  const past = known.filter(({ from }) => from === null || Date.parse(from) < nowMs);
  return [...past, dated({ ...termsOf(objective), fromMs }, recordedAt, 'configuration')];
}

/** A version that is known already keeps the time it was recorded. */
function sameAs(terms: DatedTerms, known: readonly RecordedVersion[]): RecordedVersion | undefined {
  return known.find((version) => isDeepStrictEqual(datedTerms(version), terms));
}

function dated(
  { fromMs, ...terms }: DatedTerms,
  recordedAt: string,
  by: RecordedVersion['by'],
): RecordedVersion {
  const from = fromMs === null ? null : new Date(fromMs).toISOString();
  return { from, ...terms, recordedAt, by };
}

function termsIn({ target, window, goodRatioMin, thresholdSeconds }: RecordedVersion) {
  return { target, window, goodRatioMin, thresholdSeconds };
}

function datedTerms(version: RecordedVersion): DatedTerms {
  const { from } = version;
  return { ...termsIn(version), fromMs: from === null ? null : Date.parse(from) };
}

/** Replicas that record the same history write one record. */
function idOf({ objective, versions }: HistoryRecord): string {
  const said = versions.map(datedTerms);
  const hash = createHash('sha256')
    .update(JSON.stringify([objective, said]))
    .digest('hex');
  return hash.slice(0, 24);
}
