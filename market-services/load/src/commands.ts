import { writeFileSync } from 'node:fs';
import { parseDuration } from '@sprout/query';
import { addressOf, listener, SproutError } from '@sprout/process';
import type { Command, CommandContext } from '@sprout/process';
import { faultCommands } from './faults/commands.ts';
import { renderHtmlReport } from './report/html-report.ts';
import { printProgress, printResult } from './report/print-result.ts';
import type { LoadResult } from './report/load-result.ts';
import { askVerdicts } from './report/slo-verdict.ts';
import { languages } from './report/words.ts';
import type { Language } from './report/words.ts';
import { createProgramToken } from '../../src/program-token.ts';
import { runLoad } from './run-load.ts';
import type { Shop } from './run-load.ts';
import { printScenario, printScenarioProgress, printScenarios } from './scenario/print-scenario.ts';
import { runScenario } from './scenario/run-scenario.ts';
import { compress } from './scenario/scenario.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { ScenarioResult } from './scenario/scenario-result.ts';
import { scenarios } from './scenario/scenarios.ts';

const load: Command = {
  name: ['load'],
  summary: 'Sends traffic to the gateway, open-loop, and reports what visitors felt.',
  arguments: '[SCENARIO]',
  options: {
    list: { type: 'boolean', default: false },
    speed: { type: 'string', default: '1' },
    rps: { type: 'string', default: '30' },
    for: { type: 'string', default: '60s' },
    url: { type: 'string' },
    seed: { type: 'string', default: '1' },
    html: { type: 'string' },
    lang: { type: 'string', default: 'en' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    list: 'list the scenarios',
    speed: 'run a scenario so many times shorter, at the same rates',
    rps: 'requests per second, on average; without a scenario',
    for: 'how long, for example 60s or 30m; without a scenario',
    url: 'gateway to use instead of the running one',
    seed: 'number that makes the same traffic again',
    html: 'write a report of the scenario into this file',
    lang: 'language of the report: en or ko',
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
  const { values, positionals, print, warn } = context;
  if (values['list'] === true) return listScenarios(context);
  const [name] = positionals;
  if (name !== undefined) return runScenarioCommand(context, scenarioNamed(name));
  const rps = positive('rps', values['rps']);
  const durationMs = parseDuration(String(values['for'])) * 1000;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const result = await runLoad({
    ...(await shopOf(context)),
    rps,
    durationMs,
    seed: positive('seed', values['seed']),
    onProgress: progressPrinter(warn, printProgress),
    signal: stop.signal,
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  if (values['json'] === true) print(JSON.stringify(result));
  else printResult(result).forEach(print);
  return exitCode(result);
}

async function runScenarioCommand(context: CommandContext, scenario: Scenario): Promise<number> {
  const { values, print, warn } = context;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const language = languageOf(values['lang']);
  const from = new Date();
  const result = await runScenario(compress(scenario, positive('speed', values['speed'])), {
    ...(await shopOf(context)),
    seed: positive('seed', values['seed']),
    onProgress: progressPrinter(warn, printScenarioProgress),
    signal: stop.signal,
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  if (values['json'] === true) print(JSON.stringify(result));
  else printScenario(result).forEach(print);
  const { html } = values;
  if (typeof html === 'string') await writeReport(context, html, { result, from, language });
  return exitCode(result.total);
}

async function writeReport(
  context: CommandContext,
  file: string,
  report: { readonly result: ScenarioResult; readonly from: Date; readonly language: Language },
): Promise<void> {
  const to = new Date();
  // Of another gateway, this machine's SLO service knows nothing.
  const verdicts =
    context.values['url'] === undefined
      ? await askVerdicts(context.config(), report.from, to)
      : undefined;
  writeFileSync(file, renderHtmlReport({ ...report, to, verdicts }));
  context.warn(`report written to ${file}`);
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
