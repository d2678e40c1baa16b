import { alertmanagerClient } from '@sprout/query';
import type { NewSilence, Silence } from '@sprout/query';

/** A silence as it should be. */
export type WantedSilence = Omit<NewSilence, 'createdBy'>;

/** Our silences of an Alertmanager; others are neither seen nor touched. */
export interface AlertmanagerSilences {
  /** Those that are pending or active. */
  list(): Promise<readonly Silence[]>;
  create(silence: WantedSilence): Promise<void>;
  /** Ends a silence at once. */
  expire(id: string): Promise<void>;
}

/** Who silences are made by: ours are known by it, and people see it. */
export const silenceAuthor = 'sprout';

/** The silences of `silenceAuthor`; rejects when Alertmanager does not answer or refuses. */
export function alertmanagerSilences(
  place: Parameters<typeof alertmanagerClient>[0],
): AlertmanagerSilences {
  const client = alertmanagerClient(place);
  return {
    list: async () =>
      (await client.silences()).filter(({ createdBy }) => createdBy === silenceAuthor),
    create: async (silence) => {
      await client.silence({ ...silence, createdBy: silenceAuthor });
    },
    expire: (id) => client.expire(id),
  };
}
