import { addressOf, listener, SproutError } from '@sprout/process';
import type { Command, CommandContext } from '@sprout/process';
import { styleText } from 'node:util';
import { z } from 'zod';
import { faultNames } from './catalogue.ts';

const faultStart: Command = {
  name: ['fault', 'start'],
  summary: 'Injects a fault into the running market.',
  arguments: 'NAME',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the fault as JSON' },
  examples: [
    './sprout fault start product-db-slow   # a page should follow',
    './sprout fault start product-db-slow --json',
  ],
  run: (context) => changeFault(context, 'PUT'),
};

const faultStop: Command = {
  name: ['fault', 'stop'],
  summary: 'Ends a fault.',
  arguments: 'NAME',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the fault as JSON' },
  examples: ['./sprout fault stop product-db-slow', './sprout fault stop product-db-slow --json'],
  run: (context) => changeFault(context, 'DELETE'),
};

const faultList: Command = {
  name: ['fault', 'list'],
  summary: 'Lists the faults there are, and which are active.',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the list as JSON' },
  examples: ['./sprout fault list', './sprout fault list --json'],
  run: listFaults,
};

/** `sprout fault …`. */
export const faultCommands: readonly Command[] = [faultStart, faultStop, faultList];

const faultSchema = z.object({
  name: z.string(),
  area: z.string(),
  summary: z.string(),
  activeSince: z.string().nullable(),
  endFailure: z.string().nullable(),
});

async function changeFault(context: CommandContext, method: 'PUT' | 'DELETE'): Promise<number> {
  const [name] = context.positionals;
  if (name === undefined) {
    throw new SproutError('USAGE', 'which fault?', {
      hint: `faults: ${faultNames.join(', ')}`,
    });
  }
  const fault = faultSchema.parse(
    await ask(context, `/faults/${encodeURIComponent(name)}`, method),
  );
  if (context.values['json'] === true) context.print(JSON.stringify(fault));
  else context.print(faultLine(fault));
  if (method === 'PUT' && context.values['json'] !== true) {
    const url = consoleUrl(context);
    // Where the console takes any free port, nothing is known of it until it runs.
    if (url !== '') context.print(`watch  ${url}`);
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
  const ending = fault.endFailure === null ? '' : `, cannot be ended yet: ${fault.endFailure}`;
  const state =
    fault.activeSince === null
      ? styleText('dim', 'off')
      : styleText('yellow', `active since ${fault.activeSince}${ending}`);
  return `${fault.area.padEnd(9)} ${fault.name.padEnd(20)} ${state}  ${fault.summary}`;
}

async function ask(context: CommandContext, path: string, method: string): Promise<unknown> {
  const address = addressOf(context.config(), listener('faults'));
  if (address === undefined) {
    throw new SproutError('NOT_RUNNING', 'the fault proxies are not running', {
      hint: './sprout up --detach',
    });
  }
  const response = await send(address + path, method);
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

/** A fault that fills a disk or loses a primary takes its time. */
const answerMsMax = 60_000;

async function send(url: string, method: string): Promise<Response> {
  try {
    return await fetch(url, { method, signal: AbortSignal.timeout(answerMsMax) });
  } catch (cause) {
    throw new SproutError('FAULTS_UNREACHABLE', 'the fault proxies do not answer', {
      hint: './sprout status',
      cause,
    });
  }
}

function consoleUrl(context: CommandContext): string {
  return addressOf(context.config(), listener('slo-service')) ?? context.config().links.console;
}
