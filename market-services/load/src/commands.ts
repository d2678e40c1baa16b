import { writeFileSync } from 'node:fs';
import { parseDuration } from '@sprout/query';
import { addressOf, listener, SproutError } from '@sprout/process';
import type { Command, CommandContext } from '@sprout/process';
import { faultCommands } from './faults/commands.ts';
import { renderHtmlReport } from './report/html-report.ts';
import { beginJudgement } from './report/judge-load.ts';
import type { Judgement } from './report/judge-load.ts';
import { judgementJson, printJudgement } from './report/print-judgement.ts';
import { printProgress, printResult } from './report/print-result.ts';
import type { LoadResult } from './report/load-result.ts';
import { languages } from './report/words.ts';
import type { Language } from './report/words.ts';
import { createProgramToken } from '../../src/program-token.ts';
import { runLoad } from './run-load.ts';
import type { Shop } from './run-load.ts';
import { printScenario, printScenarioProgress, printScenarios } from './scenario/print-scenario.ts';
import { runScenario } from './scenario/run-scenario.ts';
import { compress, durationMs } from './scenario/scenario.ts';
import type { Scenario } from './scenario/scenario.ts';
import { scenarios } from './scenario/scenarios.ts';

const load: Command = {
  name: ['load'],
  summary: 'Sends traffic to the gateway, open-loop, and reports what visitors felt.',
  arguments: '[SCENARIO]',
  options: {
    list: { type: 'boolean', default: false },
    speed: { type: 'string' },
    rps: { type: 'string' },
    for: { type: 'string' },
    url: { type: 'string' },
    seed: { type: 'string', default: '1' },
    html: { type: 'string' },
    lang: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    list: 'list the scenarios',
    speed: 'run a scenario so many times shorter, at the same rates (default 1)',
    rps: 'requests per second, on average; without a scenario (default 30)',
    for: 'how long, for example 60s or 30m; without a scenario (default 60s)',
    url: 'gateway to use instead of the running one',
    seed: 'number that makes the same traffic again',
    html: 'write a report of the scenario into this file',
    lang: 'language of the report: en or ko (default en)',
    json: 'print the result as JSON',
  },
  examples: [
    './sprout load spike --speed 20       # 40 minutes in two',
    './sprout load burst --html report.html --lang ko',
    './sprout load                        # 30 rps for a minute',
    './sprout load --rps 90 --for 10m     # the steady load of the promise',
    './sprout load --for 5s --json | jq .latencyMs.p99',
  ],
  run: runLoadCommand,
};

const tokenWithinMs = 5_000;

/** `sprout load` and `sprout fault …`. */
export const loadCommands: readonly Command[] = [load, ...faultCommands];

async function runLoadCommand(context: CommandContext): Promise<number> {
  if (context.values['list'] === true) return listScenarios(context);
  const [name] = context.positionals;
  if (name === undefined) {
    refuseOptions(context, ['speed', 'html', 'lang'], 'needs a scenario');
    return runPlainLoad(context);
  }
  refuseOptions(context, ['rps', 'for'], 'is for a load without a scenario');
  return runScenarioCommand(context, scenarioNamed(name));
}

/** What would be ignored is refused. */
function refuseOptions({ values }: CommandContext, names: readonly string[], why: string): void {
  const given = names.find((name) => values[name] !== undefined);
  if (given === undefined) return;
  throw new SproutError('USAGE', `--${given} ${why}`, {
    hint: './sprout load --list shows the scenarios',
  });
}

async function runPlainLoad(context: CommandContext): Promise<number> {
  const { rps = '30', for: duration = '60s' } = context.values;
  const options = {
    rps: positive('rps', rps),
    durationMs: parseDuration(String(duration)) * 1000,
  };
  const { result, judgement } = await judged(context, printProgress, (common) =>
    runLoad({ ...common, ...options }),
  );
  report(context, result, printResult(result), judgement);
  return exitCode(result);
}

async function runScenarioCommand(context: CommandContext, scenario: Scenario): Promise<number> {
  const { speed = '1', lang = 'en', html } = context.values;
  const language = languageOf(lang);
  const times = positive('speed', speed);
  const compressed = compress(scenario, times);
  // Shortened by hardly less than what was asked for is rounding.
  if (durationMs(compressed) * times > durationMs(scenario) * 1.001) {
    const seconds = durationMs(compressed) / 1000;
    context.warn(`${scenario.name} takes ${seconds} s: its visitors need a while to arrive`);
  }
  const { result, judgement } = await judged(context, printScenarioProgress, (common) =>
    runScenario(compressed, common),
  );
  report(context, result, printScenario(result), judgement);
  if (typeof html === 'string') {
    writeFileSync(html, renderHtmlReport({ ...judgement, result, language }));
    context.warn(`report written to ${html}`);
  }
  return exitCode(result.total);
}

/** What every load is driven by. */
interface Driving<T> {
  readonly seed: number;
  readonly onProgress: (result: T) => void;
  readonly signal: AbortSignal;
}

/** Runs a load, and says how the stack saw it. */
async function judged<T>(
  context: CommandContext,
  progress: (result: T) => string,
  run: (common: Shop & Driving<T>) => Promise<T>,
): Promise<{ readonly result: T; readonly judgement: Judgement }> {
  const { values, warn } = context;
  const seed = positive('seed', values['seed']);
  const shop = await shopOf(context);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const judge = await beginJudgement(values['url'] === undefined ? context.config() : undefined);
  const onProgress = progressPrinter(warn, progress);
  const result = await run({ ...shop, seed, onProgress, signal: stop.signal });
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  return { result, judgement: await judge() };
}

function report(
  { values, print }: CommandContext,
  result: object,
  lines: readonly string[],
  judgement: Judgement,
): void {
  if (values['json'] === true) print(JSON.stringify({ ...result, ...judgementJson(judgement) }));
  else [...lines, ...printJudgement(judgement)].forEach(print);
}

function languageOf(value: unknown): Language {
  const found = languages.find((language) => language === value);
  if (found !== undefined) return found;
  throw new SproutError('USAGE', `--lang is ${languages.join(' or ')}, not "${String(value)}"`);
}

function listScenarios({ values, print }: CommandContext): number {
  if (values['json'] === true) print(JSON.stringify(scenarios));
  else printScenarios(scenarios).forEach(print);
  return 0;
}

function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  throw new SproutError('USAGE', `there is no scenario "${name}"`, {
    hint: `scenarios: ${scenarios.map((scenario) => scenario.name).join(', ')}`,
  });
}

/** Partial when visitors met anything but answers. */
function exitCode(result: LoadResult): number {
  return Object.keys(result.errors).some((kind) => kind !== 'client_error') ? 4 : 0;
}

/** One live line on a terminal, a line every ten seconds elsewhere. */
function progressPrinter<T>(
  warn: (line: string) => void,
  line: (result: T) => string,
): (result: T) => void {
  let calls = 0;
  return (result) => {
    calls += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line(result)}`);
    else if (calls % 10 === 0) warn(line(result));
  };
}

/** The running shop, as the program `load`; of another gateway, what everybody may see. */
async function shopOf(context: CommandContext): Promise<Shop> {
  const { url } = context.values;
  if (typeof url === 'string') return { gatewayUrl: () => url };
  const config = context.config();
  const address = addressOf(config, listener('gateway'));
  if (address === undefined) {
    throw new SproutError('NOT_RUNNING', 'the gateway is not running', {
      hint: './sprout up --detach, or name another with --url',
    });
  }
  const token = createProgramToken(config, 'load');
  await token.ready(tokenWithinMs);
  return { gatewayUrl: () => address, authorization: token.authorization };
}

function positive(name: string, value: unknown): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new SproutError('USAGE', `--${name} must be a number above 0, not "${String(value)}"`);
}
