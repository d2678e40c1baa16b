import type { Silence as AlertmanagerSilence } from '@sprout/query';
import { z } from 'zod';
import { listOf } from '../api/paging.ts';
import type { Page } from '../api/schemas.ts';

/** The longest silence: what needs longer is no silence but a change of the rules. */
export const silenceMinutesMax = 7 * 24 * 60;

/** Keeps the alerts of a page's group from telling anybody, as it is asked for. */
export const silenceInputSchema = z.object({
  minutes: z.number().int().min(1).max(silenceMinutesMax),
  reason: z.string().trim().min(3).max(500),
  by: z.string().trim().min(1).max(100),
});

/** A silence that holds or will hold, as Alertmanager has it. */
export const silenceSchema = z.object({
  id: z.string(),
  state: z.enum(['pending', 'active']),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  reason: z.string(),
  by: z.string(),
});

export const silenceListSchema = listOf(silenceSchema);

export type SilenceInput = z.infer<typeof silenceInputSchema>;
export type Silence = z.infer<typeof silenceSchema>;
export type SilenceList = z.infer<typeof silenceListSchema>;

/** Which alerts a page is about: its group, or one of its objectives. */
export type Silenceable = Pick<Page, 'pageGroup' | 'objectives'>;

/** The label by which alerts are grouped to pages. */
export const groupLabel = 'page_group';

/** Whether a silence keeps a page, or one of its objectives, from telling anybody. */
export function isAbout(page: Silenceable, { matchers }: AlertmanagerSilence): boolean {
  const ids = page.objectives.map(({ id }) => id);
  return matchers.some(
    ({ name, value, isRegex, isEqual }) =>
      isEqual &&
      !isRegex &&
      ((name === groupLabel && value === page.pageGroup) ||
        (name === 'objective' && ids.includes(value))),
  );
}

/** What Alertmanager has, in the words of this service. */
export function silenceOf(silence: AlertmanagerSilence): Silence {
  const { id, status, startsAt, endsAt, comment, createdBy } = silence;
  return {
    id,
    state: status.state === 'pending' ? 'pending' : 'active',
    from: new Date(startsAt).toISOString(),
    to: new Date(endsAt).toISOString(),
    reason: comment,
    by: createdBy,
  };
}
