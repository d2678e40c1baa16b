/** `ready` when it can do its work now. */
export const instanceStates = ['ready', 'not_ready'] as const;

/** One process that serves. */
export interface Instance {
  readonly service: string;
  /** Unique within the service. */
  readonly id: string;
  /** Base URL. */
  readonly url: string;
  readonly state: (typeof instanceStates)[number];
  /** What it runs; absent when nobody says. */
  readonly version?: string | undefined;
}

/** Who serves now. */
export interface Registry {
  /** Registers an instance, or renews its lease. False when there are too many. */
  put(instance: Instance): boolean;
  remove(service: string, id: string): void;
  /** In the order of service and id; those whose lease ran out are gone. */
  list(): Instance[];
  /** Changes whenever the list does. */
  version(): number;
  /** Whether everybody alive had the time to register since the start. */
  isSettled(): boolean;
}

/** An instance that was not heard of for longer is taken for dead; three heartbeats. */
export const leaseMs = 3_000;
export const instancesMax = 1_000;

/** Keeps leases in memory: after a restart every instance is back with its next heartbeat. */
export function createRegistry(nowMs: () => number): Registry {
  const startedMs = nowMs();
  const leases = new Map<string, { instance: Instance; untilMs: number }>();
  let version = 0;
  const expire = () => {
    for (const [key, { untilMs }] of leases) {
      if (untilMs > nowMs()) continue;
      leases.delete(key);
      version += 1;
    }
  };
  return {
    put: (instance) => {
      expire();
      const key = keyOf(instance.service, instance.id);
      const known = leases.get(key)?.instance;
      if (known === undefined && leases.size >= instancesMax) return false;
      if (known === undefined || !isAlike(known, instance)) version += 1;
      leases.set(key, { instance, untilMs: nowMs() + leaseMs });
      return true;
    },
    remove: (service, id) => {
      if (leases.delete(keyOf(service, id))) version += 1;
    },
    list: () => {
      expire();
      const keys = [...leases.keys()].toSorted();
      return keys.flatMap((key) => leases.get(key)?.instance ?? []);
    },
    version: () => {
      expire();
      return version;
    },
    isSettled: () => nowMs() - startedMs >= leaseMs / 2,
  };
}

function isAlike(one: Instance, other: Instance): boolean {
  return one.url === other.url && one.state === other.state && one.version === other.version;
}

function keyOf(service: string, id: string): string {
  return `${service}/${id}`;
}
