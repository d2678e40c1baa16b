/** A midnight at which a period of the calendar begins, and what is hard about it. */
export interface Midnight {
  readonly zone: string;
  readonly at: string;
  readonly what: string;
}

/** Midnights around changes of clocks, and some at which several periods begin at once. */
export const midnights: readonly Midnight[] = [
  { zone: 'America/New_York', at: '2026-03-08T05:00Z', what: 'a day of 23 hours begins' },
  { zone: 'America/New_York', at: '2026-03-09T04:00Z', what: 'a day of 23 hours ends' },
  { zone: 'America/New_York', at: '2026-11-02T05:00Z', what: 'a day of 25 hours ends' },
  { zone: 'Europe/Berlin', at: '2026-10-24T22:00Z', what: 'a day of 25 hours begins' },
  { zone: 'Europe/Berlin', at: '2026-03-29T22:00Z', what: 'a week and a day of 23 hours end' },
  { zone: 'Africa/Cairo', at: '2026-04-23T22:00Z', what: 'midnight is skipped' },
  { zone: 'America/Santiago', at: '2026-09-06T04:00Z', what: 'midnight is skipped' },
  { zone: 'America/Santiago', at: '2026-04-05T04:00Z', what: 'the hour before came twice' },
  { zone: 'America/Havana', at: '2026-11-01T04:00Z', what: 'midnight comes twice' },
  { zone: 'America/Havana', at: '2026-11-01T05:00Z', what: 'midnight comes again' },
  { zone: 'Australia/Lord_Howe', at: '2026-04-04T13:00Z', what: 'clocks move by half an hour' },
  { zone: 'Asia/Kathmandu', at: '2026-06-30T18:15Z', what: 'a quarter begins at 18:15 UTC' },
  { zone: 'Asia/Seoul', at: '2026-12-31T15:00Z', what: 'a year begins' },
  { zone: 'UTC', at: '2026-12-01T00:00Z', what: 'a month and a day of the ledger begin' },
];
