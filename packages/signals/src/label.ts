/**
 * The values a label can take: a closed list, or `'any'` for values only known at run time.
 * Series of closed lists are initialised at 0, so that the first event is never lost.
 */
export type LabelValues = readonly string[] | 'any';

/** Label names mapped to the values they can take. */
export type LabelSpec = Readonly<Record<string, LabelValues>>;
