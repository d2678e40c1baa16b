import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { RecordKind, Records } from './record-store.ts';

/** Records under test that can be closed and opened again. */
export interface RecordsUnderTest {
  /** Opens the same records; what was put must be there. */
  open(): Promise<Records>;
  dispose(): Promise<void>;
}

interface Note {
  readonly text: string;
  readonly done: boolean;
}

const kind = (more: Partial<RecordKind<Note>> = {}): RecordKind<Note> => ({
  name: 'note',
  schema: z.object({ text: z.string(), done: z.boolean() }),
  recordsMax: 3,
  ...more,
});

const note = (text: string, done = false): Note => ({ text, done });

/** What every adapter of records must do. */
export function recordContract(name: string, create: () => Promise<RecordsUnderTest>): void {
  const inRecords =
    (body: (records: Records, under: RecordsUnderTest) => Promise<void>) => async () => {
      const under = await create();
      const records = await under.open();
      try {
        await body(records, under);
      } finally {
        await records.close();
        await under.dispose();
      }
    };

  describe(`${name} as records`, () => {
    it(
      'answers oldest first, and a record that is put again keeps its place',
      inRecords(async (records) => {
        const store = await records.open(kind());
        for (const text of ['one', 'two', 'three']) await store.put(text, note(text));
        const before = store.revision();
        await store.put('one', note('one', true));
        assert.deepEqual(store.all(), [note('one', true), note('two'), note('three')]);
        assert.deepEqual(store.find('two'), note('two'));
        assert.equal(store.find('four'), undefined);
        assert.ok(store.revision() > before);
        assert.equal(store.all(), store.all());
      }),
    );

    it(
      'keeps kinds apart',
      inRecords(async (records) => {
        const notes = await records.open(kind());
        const others = await records.open(kind({ name: 'other' }));
        await notes.put('a', note('note'));
        await others.put('a', note('other'));
        assert.deepEqual([notes.all(), others.all()], [[note('note')], [note('other')]]);
      }),
    );

    it('keeps everything, in order, when it is opened again', async () => {
      const under = await create();
      const first = await under.open();
      const store = await first.open(kind());
      for (const text of ['b', '가', 'a', '🌱']) {
        if (text === '🌱') await store.remove('b');
        await store.put(text, note(text));
      }
      await store.put('가', note('나'));
      await first.close();
      const second = await under.open();
      assert.deepEqual((await second.open(kind())).all(), [note('나'), note('a'), note('🌱')]);
      await second.close();
      await under.dispose();
    });

    it(
      'changes what is stored, and only that',
      inRecords(async (records) => {
        const store = await records.open(kind());
        await store.put('a', note('a'));
        assert.deepEqual(
          await store.change('a', (one) => ({ ...one, done: true })),
          note('a', true),
        );
        assert.equal(await store.change('a', () => undefined), undefined);
        assert.equal(await store.change('b', (one) => one), undefined);
        assert.deepEqual(store.all(), [note('a', true)]);
      }),
    );

    it(
      'puts several records at once, all or none',
      inRecords(async (records, under) => {
        const store = await records.open(kind());
        await store.putAll([
          ['a', note('a')],
          ['b', note('b')],
        ]);
        const more = ['b', 'c', 'd'].map((text) => [text, note(text, true)] as const);
        await assert.rejects(store.putAll(more), { code: 'RECORDS_FULL' });
        assert.deepEqual(store.all(), [note('a'), note('b')]);
        await store.putAll(more.slice(0, 2));
        const kept = [note('a'), note('b', true), note('c', true)];
        assert.deepEqual(store.all(), kept);
        const again = await under.open();
        assert.deepEqual((await again.open(kind())).all(), kept);
        await again.close();
      }),
    );

    it(
      'removes a record once',
      inRecords(async (records) => {
        const store = await records.open(kind());
        await store.put('a', note('a'));
        assert.deepEqual([await store.remove('a'), await store.remove('a')], [true, false]);
        assert.deepEqual(store.all(), []);
      }),
    );

    it(
      'refuses a new record beyond its bound, not the change of one it has',
      inRecords(async (records) => {
        const store = await records.open(kind());
        for (const text of ['one', 'two', 'three']) await store.put(text, note(text));
        await assert.rejects(store.put('four', note('four')), { code: 'RECORDS_FULL' });
        await store.put('three', note('three', true));
        assert.equal(store.all().length, 3);
      }),
    );

    it(
      'forgets the oldest that may go',
      inRecords(async (records, under) => {
        const store = await records.open(kind({ mayForget: ({ done }) => done }));
        await store.put('one', note('one'));
        await store.put('two', note('two', true));
        await store.put('three', note('three', true));
        await store.put('four', note('four'));
        const kept = [note('one'), note('three', true), note('four')];
        assert.deepEqual(store.all(), kept);
        const again = await under.open();
        assert.deepEqual((await again.open(kind())).all(), kept);
        await again.close();
      }),
    );

    it(
      'refuses what its schema does not know',
      inRecords(async (records) => {
        const loose = await records.open({ name: 'note', schema: z.unknown(), recordsMax: 3 });
        await loose.put('a', { written: 'by a later version' });
        await assert.rejects(records.open(kind()), { code: 'RECORD_UNREADABLE' });
      }),
    );
  });
}
