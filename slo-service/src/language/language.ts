import type { Language } from '@sprout/objectives';

export type { Language } from '@sprout/objectives';

/** Languages that people are answered in. */
export const languages = ['en', 'ko'] as const satisfies readonly Language[];
