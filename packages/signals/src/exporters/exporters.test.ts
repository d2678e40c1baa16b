import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signalSchema } from '../schema.ts';
import type { Metric } from '../signal.ts';
import * as exporters from './index.ts';

const all: readonly (Metric | readonly Metric[])[] = Object.values(exporters);
const listed = all.flatMap((value) => ('kind' in value ? [] : value));
const declared = all.flatMap((value) => ('kind' in value ? [value] : []));

test('every signal of an exporter is valid data, and alerts or says why not', () => {
  for (const signal of declared) {
    signalSchema.parse(JSON.parse(JSON.stringify(signal)));
    assert.equal(
      (signal.alert === undefined) !== (signal.noAlert === undefined),
      true,
      signal.name,
    );
    assert.match(signal.help, /\.$/, signal.name);
  }
});

test('every signal of an exporter is in one list, under one name', () => {
  assert.deepEqual(
    listed.map(({ name }) => name).toSorted(),
    [...new Set(declared.map(({ name }) => name))].toSorted(),
  );
});

test('a panel hint names labels that the signal has', () => {
  const ofTarget = ['service', 'job', 'instance'];
  for (const { name, labels, panel } of declared) {
    const known = [...Object.keys(labels), ...ofTarget];
    assert.deepEqual(
      panel.by.filter((label) => !known.includes(label)),
      [],
      name,
    );
  }
});
