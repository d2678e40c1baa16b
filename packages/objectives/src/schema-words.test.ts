import assert from 'node:assert/strict';
import { it } from 'node:test';
import { counter, noPanel } from '@sprout/signals';
import { objective } from './objective.ts';
import { objectiveSchema } from './schema.ts';
import { objectiveSchemaText, objectiveSchemaWords } from './schema-words.ts';
import { all, availability, timeSlice, up } from './sli.ts';
import { calendar, rolling } from './window.ts';

const requests = counter('shop_requests_total', {
  help: 'Requests, by outcome.',
  owner: 'shop',
  labels: { outcome: ['ok', 'failed'] },
  panel: noPanel(),
  noAlert: 'a test',
});
const answered = availability(requests.where({}), { bad: requests.where({ outcome: 'failed' }) });
const sliced = timeSlice(answered, { goodRatioMin: 0.9, slice: '5m' });
const until = (day: number) => ({ until: `2026-11-0${day}T00:00:00Z` });

/** What brings the schema to say each of its words. */
const refused: Readonly<Record<keyof typeof objectiveSchemaWords, object>> = {
  WINDOW_LENGTH: { window: rolling('59m') },
  ZONE_UNKNOWN: { window: calendar('month', 'Europe/Nowhere') },
  SLICE_LENGTH: { sli: { ...sliced, slice: { ...sliced.slice, minutes: 7 } } },
  MEMBERS_MISSING: { sli: all([]) },
  INSTANT_FORM: { before: [{ until: '2026-11-01' }] },
  BEFORE_UNORDERED: { before: [until(2), until(1)] },
  SLICE_ALONE: { sli: { ...sliced, kind: 'availability' } },
  COMPOSITE_ALONE: { sli: { ...answered, kind: 'composite' } },
  SCRAPES_UNSLICED: { sli: up('shop') },
  NOTHING_COUNTED: { sli: { ...answered, valid: [] } },
};

for (const [code, words] of Object.entries(objectiveSchemaWords)) {
  it(`${code} is what the schema says of it, and its Korean is found`, () => {
    const declared = { owner: 'shop', target: 0.9, window: rolling('30d'), sli: answered };
    const change: object = Reflect.get(refused, code);
    const { error } = objectiveSchema.safeParse({ ...objective('a', declared), ...change });
    assert.ok(error?.issues.some(({ message }) => message === words.en));
    assert.deepEqual(objectiveSchemaText(words.en), words);
  });
}

it('what zod says is nothing of ours', () => {
  assert.equal(objectiveSchemaText('Invalid input: expected string, received number'), undefined);
});
