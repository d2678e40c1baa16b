import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes } from '../cli/failure.ts';
import { usageError } from '../cli/usage-error.ts';
import type { Command, CommandContext } from '../command.ts';
import { SproutError } from '../error.ts';
import { readScaleAnswer, writeScaleRequest } from '../supervisor/scale-request.ts';
import { isInstanceOf } from '../supervisor/scaling.ts';
import { runningStack } from '../supervisor/stack-state.ts';

/** Longer than a start or a stop may take. */
const answerWithinMs = 150_000;

export const scaleCommand: Command = {
  name: ['scale'],
  summary: 'Run so many instances of a service; new ones get traffic when ready, old ones drain.',
  arguments: 'SERVICE COUNT',
  examples: [
    './sprout scale product 3           # product, product-2, product-3',
    './sprout scale product 1           # back to one; no request fails',
    './sprout scale order 2 --json      # instances and addresses for programs',
  ],
  run: scale,
};

async function scale(context: CommandContext): Promise<number> {
  const [name, text, ...more] = context.positionals;
  const count = Number(text);
  if (name === undefined || !Number.isInteger(count) || more.length > 0) {
    throw usageError('name a service and how many', './sprout scale --help');
  }
  const { dataDir } = context.config();
  if (runningStack(dataDir) === undefined) {
    throw new SproutError('NOT_RUNNING', 'nothing runs here', { hint: './sprout up --detach' });
  }
  const id = randomUUID();
  writeScaleRequest(dataDir, { id, name, count });
  await answered(dataDir, id);
  const instances = (runningStack(dataDir)?.processes ?? [])
    .filter((process) => process.name === name || isInstanceOf(name, process.name))
    .map(({ name: instance, state, addresses }) => ({ instance, state, addresses }));
  if (context.values['json'] === true) context.print(JSON.stringify({ service: name, instances }));
  else {
    for (const { instance, state, addresses } of instances) {
      context.print(`${instance.padEnd(14)} ${state}  ${Object.values(addresses).join(' ')}`);
    }
  }
  return exitCodes.ok;
}

async function answered(dataDir: string, id: string): Promise<void> {
  const deadline = Date.now() + answerWithinMs;
  while (Date.now() < deadline) {
    const answer = readScaleAnswer(dataDir, id);
    if (answer?.error !== undefined) {
      const { code, message, hint } = answer.error;
      throw new SproutError(code, message, hint === undefined ? {} : { hint });
    }
    if (answer !== undefined) return;
    await sleep(100);
  }
  throw new SproutError('SCALE_TIMEOUT', `no answer within ${answerWithinMs} ms`, {
    hint: './sprout status shows what runs',
  });
}
