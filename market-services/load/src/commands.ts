import { parseDuration } from '@sprout/query';
import { addressOf, listener, SproutError } from '@sprout/process';
import type { Command, CommandContext } from '@sprout/process';
import { styleText } from 'node:util';
import { z } from 'zod';
import { faults } from './faults/fault.ts';
import { printProgress, printResult } from './report/print-result.ts';
import type { LoadResult } from './report/load-result.ts';
import { runLoad } from './run-load.ts';

const load: Command = {
  name: ['load'],
  summary: 'Sends mixed traffic to the gateway, open-loop, and reports what visitors felt.',
  options: {
    rps: { type: 'string', default: '30' },
    for: { type: 'string', default: '60s' },
    url: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    rps: 'requests per second, on average',
    for: 'how long, for example 60s or 30m',
    url: 'gateway to use instead of the running one',
    seed: 'number that makes the same traffic again',
    json: 'print the result as JSON',
  },
  examples: [
    './sprout load                        # 30 rps for a minute',
    './sprout load --rps 90 --for 10m     # the steady load of the promise',
    './sprout load --for 5s --json | jq .latencyMs.p99',
  ],
  run: runLoadCommand,
};

const faultStart: Command = {
  name: ['fault', 'start'],
  summary: 'Injects a fault into the running market.',
  arguments: 'NAME',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the fault as JSON' },
  examples: ['./sprout fault start product-db-slow   # a page should follow'],
  run: (context) => changeFault(context, 'PUT'),
};

const faultStop: Command = {
  name: ['fault', 'stop'],
  summary: 'Ends a fault.',
  arguments: 'NAME',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the fault as JSON' },
  examples: ['./sprout fault stop product-db-slow'],
  run: (context) => changeFault(context, 'DELETE'),
};

const faultList: Command = {
  name: ['fault', 'list'],
  summary: 'Lists the faults there are, and which are active.',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the list as JSON' },
  examples: ['./sprout fault list'],
  run: listFaults,
};

/** `sprout load` and `sprout fault …`. */
export const loadCommands: readonly Command[] = [load, faultStart, faultStop, faultList];

async function runLoadCommand(context: CommandContext): Promise<number> {
  const { values, print, warn } = context;
  const rps = positive('rps', values['rps']);
  const durationMs = parseDuration(String(values['for'])) * 1000;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const result = await runLoad({
    gatewayUrl: gatewayUrl(context),
    rps,
    durationMs,
    seed: positive('seed', values['seed']),
    onProgress: progressPrinter(warn),
    signal: stop.signal,
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  if (values['json'] === true) print(JSON.stringify(result));
  else printResult(result).forEach(print);
  return Object.keys(result.errors).some((kind) => kind !== 'client_error') ? 4 : 0;
}

/** One live line on a terminal, a line every ten seconds elsewhere. */
function progressPrinter(warn: (line: string) => void): (result: LoadResult) => void {
  let calls = 0;
  return (result) => {
    calls += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${printProgress(result)}`);
    else if (calls % 10 === 0) warn(printProgress(result));
  };
}

const faultSchema = z.object({
  name: z.string(),
  summary: z.string(),
  activeSince: z.string().nullable(),
});

async function changeFault(context: CommandContext, method: 'PUT' | 'DELETE'): Promise<number> {
  const [name] = context.positionals;
  if (name === undefined) {
    throw new SproutError('USAGE', 'which fault?', {
      hint: `faults: ${faults.map((fault) => fault.name).join(', ')}`,
    });
  }
  const fault = faultSchema.parse(
    await ask(context, `/faults/${encodeURIComponent(name)}`, method),
  );
  if (context.values['json'] === true) context.print(JSON.stringify(fault));
  else context.print(faultLine(fault));
  if (method === 'PUT' && context.values['json'] !== true) {
    context.print(`watch  ${consoleUrl(context)}`);
    context.print(`end    ./sprout fault stop ${fault.name}`);
  }
  return 0;
}

async function listFaults(context: CommandContext): Promise<number> {
  const { items } = z
    .object({ items: z.array(faultSchema) })
    .parse(await ask(context, '/faults', 'GET'));
  if (context.values['json'] === true) context.print(JSON.stringify(items));
  else items.map(faultLine).forEach(context.print);
  return 0;
}

function faultLine(fault: z.infer<typeof faultSchema>): string {
  const state =
    fault.activeSince === null
      ? styleText('dim', 'off')
      : styleText('yellow', `active since ${fault.activeSince}`);
  return `${fault.name}  ${state}  ${fault.summary}`;
}

async function ask(context: CommandContext, path: string, method: string): Promise<unknown> {
  const address = addressOf(context.config(), listener('faults'));
  if (address === undefined) {
    throw new SproutError('NOT_RUNNING', 'the fault proxies are not running', {
      hint: './sprout up --detach',
    });
  }
  const response = await fetch(address + path, { method });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const problem = z
    .object({ title: z.string(), code: z.string().default('FAULT'), hint: z.string().optional() })
    .parse(answer);
  throw new SproutError(
    problem.code,
    problem.title,
    problem.hint === undefined ? {} : { hint: problem.hint },
  );
}

function gatewayUrl(context: CommandContext): () => string {
  const { url } = context.values;
  if (typeof url === 'string') return () => url;
  const address = addressOf(context.config(), listener('gateway'));
  if (address !== undefined) return () => address;
  throw new SproutError('NOT_RUNNING', 'the gateway is not running', {
    hint: './sprout up --detach, or name another with --url',
  });
}

function consoleUrl(context: CommandContext): string {
  return addressOf(context.config(), listener('slo-service')) ?? context.config().links.console;
}

function positive(name: string, value: unknown): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new SproutError('USAGE', `--${name} must be a number above 0, not "${String(value)}"`);
}
