import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeTraces } from '@sprout/wire';
import type { Command, SproutConfig } from '@sprout/process';
import { collectorCommands } from '../commands.ts';
import { eventually } from '@sprout/process/testing';
import { jsonType, post, protobufType } from '../fixture/post.ts';
import { runCollector } from '../fixture/running-collector.ts';
import { testSpan } from '../fixture/spans.ts';
import { testConfig } from '../fixture/test-config.ts';

function commandOf(...name: string[]): Command {
  const command = collectorCommands.find((one) => one.name.join(' ') === name.join(' '));
  assert.ok(command, `there is no ${name.join(' ')}`);
  return command;
}

/** Runs a command and returns what it printed. */
async function run(
  config: SproutConfig,
  command: Command,
  positionals: string[],
  values: Record<string, string | boolean> = {},
): Promise<string[]> {
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const code = await command.run({
    values,
    positionals,
    config: () => config,
    declared: async () => config,
    print,
    warn: () => {},
  });
  assert.equal(code, 0);
  return printed;
}

test('trace show prints a tree, or OTLP/JSON for programs', async (t) => {
  const config = testConfig(t);
  const { http, query } = await runCollector(t, config);
  const span = testSpan({ name: 'GET /order', service: 'gateway' });
  await post(`${http}/v1/traces`, encodeTraces([span]), protobufType);
  await eventually(
    'the trace',
    async () => (await fetch(`${query}/api/v2/trace/${span.traceId}`)).ok,
  );
  const show = commandOf('trace', 'show');
  const [header, root] = await run(config, show, [span.traceId]);
  assert.match(header ?? '', new RegExp(`trace ${span.traceId} · 1 span · 1 service · 5.0 ms`));
  assert.match(root ?? '', /^gateway {2}GET \/order +server +5\.0 ms/);
  const [json] = await run(config, show, [span.traceId], { json: true });
  assert.equal(JSON.parse(json ?? '').resourceSpans.length, 1);
  await assert.rejects(run(config, show, ['f'.repeat(32)]), { code: 'TRACE_UNKNOWN' });
  await assert.rejects(run(config, show, ['what']), { code: 'QUERY_REFUSED' });
});

test('logs prints lines oldest first, and says what a query may hold', async (t) => {
  const config = testConfig(t);
  const { http, query } = await runCollector(t, config);
  const now = Date.now();
  const values = [
    [`${now}000000`, 'second'],
    [`${now - 1000}000000`, 'first'],
  ];
  const body = JSON.stringify({ streams: [{ stream: { service: 'order' }, values }] });
  await post(`${http}/loki/api/v1/push`, body, jsonType);
  await eventually('the lines', async () => {
    return (await (await fetch(`${query}/loki/api/v1/labels`)).text()).includes('service');
  });
  const logs = commandOf('logs');
  const lines = await run(config, logs, ['{service="order"}']);
  assert.deepEqual(
    lines.map((line) => line.split(' ').slice(1)),
    [
      ['order', 'first'],
      ['order', 'second'],
    ],
  );
  const json = await run(config, logs, ['{service="order"}'], { json: true, limit: '1' });
  assert.deepEqual(
    json.map((line) => JSON.parse(line)),
    [{ time: new Date(now).toISOString(), labels: { service: 'order' }, line: 'second' }],
  );
  const counted = await run(config, logs, ['sum(count_over_time({service="order"}[1h]))']);
  assert.equal(counted.length, 1);
  await assert.rejects(run(config, logs, ['{a="b"} | logfmt']), {
    code: 'QUERY_REFUSED',
    message: /logfmt/,
  });
});

test('without a collector the commands say how to start one', async (t) => {
  const config = testConfig(t);
  await assert.rejects(run(config, commandOf('logs'), ['{a="b"}']), {
    code: 'COLLECTOR_UNREACHABLE',
    hint: /sprout up/,
  });
});
