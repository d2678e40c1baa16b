import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { exportOpenSlo } from '@sprout/objectives/openslo';
import { assertKorean } from '@sprout/objectives/testing';
import { z } from 'zod';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { testObjectives } from '../testing/test-config.ts';
import { openSloReadingSchema } from './reading.ts';
import { refusalOf, triedDocumentsSchema } from './try-documents.ts';

let service: RunningService;

before(async () => {
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  service = await runningService(
    shopSeries({ untilMs, minutes: 5, ok: () => 70, failed: () => 0 }),
  );
});
after(() => service.stop());

/** A bucket, a label value and a cause that are not there, a field too many, and labels. */
const wrong = exportOpenSlo(
  testObjectives.map((one) => ({ ...one, id: `${one.id}-2`, dependsOn: ['shop-ghosts'] })),
)
  .documents.replaceAll('le="2"', 'le="7"')
  .replaceAll('outcome="failed"', 'outcome="lost"')
  .replace(/^(kind: SLO\nmetadata:\n)/m, '$1  labels: { team: shop }\n')
  .replace(/^  service: shop$/m, '  service: shop\n  description: ""\n')
  .concat('---\napiVersion: openslo/v2\nkind: SLO\nmetadata:\n  nam: x\n---\na: [\n');

const post = (path: string, language: 'en' | 'ko', body = wrong) =>
  fetch(`${service.url}/api/v1/openslo/${path}`, {
    method: 'POST',
    headers: { 'accept-language': language, 'content-type': 'application/yaml' },
    body,
  });

const hangul = /[가-힣]/;
function assertAllKorean(texts: readonly string[]) {
  assert.ok(texts.length > 0);
  texts.forEach(assertKorean);
}

it('what is wrong in documents and what cannot be said is told in the language of the reader', async () => {
  const read = async (language: 'en' | 'ko') =>
    openSloReadingSchema.parse(await (await post('validate', language)).json());
  const [en, ko] = [await read('en'), await read('ko')];
  const places = ({ problems }: typeof en) => problems.map(({ line, path }) => `${line} ${path}`);
  assert.deepEqual(places(ko), places(en));
  assert.doesNotMatch(JSON.stringify(en.problems), hangul);
  assertAllKorean(ko.problems.map(({ message }) => message));
  assertAllKorean(ko.notSaid.map(({ what }) => what));
  const told = ko.problems.map(({ message }) => message).join('\n');
  assert.match(told, /버킷이 없습니다. 있는 버킷: 0\.5, 2\. 그중 하나로 약속하거나/);
  assert.match(told, /"shop-ghosts"\(이\)라는 약속이 없습니다\. 혹시 "shop-ghost/);
  assert.match(told, /apiVersion은 openslo\/v1만 읽습니다/);
});

it('an import that is refused names every problem in the language of the reader', async () => {
  const refused = async (language: 'en' | 'ko') => {
    const response = await post('imports?name=wrong', language);
    assert.equal(response.status, 400);
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    return problemSchema.parse(await response.json());
  };
  const [en, ko] = [await refused('en'), await refused('ko')];
  assert.deepEqual([en.code, ko.code], ['OPENSLO_INVALID', 'OPENSLO_INVALID']);
  assert.match(en.detail, /^line \d+: /);
  assert.match(ko.detail, /^\d+번째 줄: /);
  assertAllKorean([ko.title, ko.detail, ko.hint, ...ko.errors.map(({ reason }) => reason)]);
  assert.deepEqual(
    ko.errors.map(({ field }) => field),
    en.errors.map(({ field }) => field),
  );
});

it('why a promise is not tried is told in the language of the reader', async () => {
  const tried = triedDocumentsSchema.parse(await (await post('what-if', 'ko')).json());
  const whys = tried.objectives.flatMap(({ untried }) => untried ?? []);
  assert.deepEqual(
    new Set(whys.map(({ code }) => code)),
    new Set(['NOT_COUNTED', 'THRESHOLD_NOT_COUNTED']),
  );
  assertAllKorean(whys.flatMap(({ message, hint }) => [message, hint]));
  const undeclarable = exportOpenSlo(testObjectives.slice(0, 1)).documents.replace(
    'sprout.dev/total-services',
    'sprout.dev/threshold-seconds: "-1"\n    sprout.dev/total-services',
  );
  const refused = triedDocumentsSchema.parse(
    await (await post('what-if', 'ko', undeclarable)).json(),
  );
  const [first] = refused.objectives;
  assert.equal(first?.untried?.code, 'NOT_DECLARABLE');
  assertAllKorean([first.untried.message, first.untried.hint]);
});

it('what the schema of promises says itself is told in the language of the reader', () => {
  const [first] = service.test.config.objectives;
  const before = [{ until: 'yesterday' }];
  const undeclarable = { ...first, window: { kind: 'rolling', length: '400d' }, before };
  assert.equal(
    refusalOf(undeclarable, 'en'),
    `✖ write a duration from 1h to 366d, for example 30d
  → at window.length
✖ write an instant with its offset, for example 2026-11-01T00:00:00+09:00
  → at before[0].until`,
  );
  assert.equal(
    refusalOf(undeclarable, 'ko'),
    `✖ 1h부터 366d까지의 길이를 쓰세요. 예: 30d
  → at window.length
✖ 시점을 시차와 함께 쓰세요. 예: 2026-11-01T00:00:00+09:00
  → at before[0].until`,
  );
});

const problemSchema = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  hint: z.string(),
  errors: z.array(z.object({ field: z.string(), reason: z.string() })),
});
