import { observe } from '@sprout/instrumentation';
import { SproutError } from '@sprout/process';
import type { Command, CommandContext } from '@sprout/process';
import type { DeadLetter, DeadLetters } from '@sprout/queue';
import { marketStreams, openMarketQueue } from './market-queue.ts';

const json = { type: 'boolean', default: false } as const;

const dead: Command = {
  name: ['queue', 'dead'],
  summary: 'Lists the messages that were given up, with the reason.',
  arguments: '[STREAM]',
  options: { json },
  optionHelp: { json: 'print the messages as JSON' },
  examples: ['./sprout queue dead', './sprout queue dead orders --json | jq .[].error'],
  run: (context) =>
    withDeadLetters(context, async (letters) => {
      const [stream] = context.positionals;
      const found: DeadLetter[] = [];
      for (const one of stream === undefined ? marketStreams : [known(stream)]) {
        found.push(...(await letters.list(one)));
      }
      if (context.values['json'] === true) context.print(JSON.stringify(found));
      else if (found.length === 0) context.print('no message was given up');
      else found.map(lineOf).forEach(context.print);
      return 0;
    }),
};

const show: Command = {
  name: ['queue', 'show'],
  summary: 'Shows one message that was given up: its body, its headers, and why.',
  arguments: 'STREAM ID',
  options: { json },
  optionHelp: { json: 'print the message as JSON' },
  examples: [
    './sprout queue show orders 1795827554890-0',
    './sprout queue show orders 1795827554890-0 --json',
  ],
  run: (context) =>
    withDeadLetters(context, async (letters) => {
      const [stream = '', id] = context.positionals;
      if (id === undefined) throw unclear('name one message');
      const found = (await letters.list(known(stream))).find((letter) => letter.id === id);
      if (found === undefined) throw unknownMessage(stream, id);
      if (context.values['json'] === true) context.print(JSON.stringify(found));
      else rowsOf(found).forEach(context.print);
      return 0;
    }),
};

const replay = wayOf({
  verb: 'replay',
  summary: 'Gives messages back to their stream, to be attempted anew.',
  done: 'given back',
  act: (letters, stream, id) => letters.replay(stream, id),
});

const drop = wayOf({
  verb: 'drop',
  summary: 'Forgets messages that were given up, for good.',
  done: 'dropped',
  act: (letters, stream, id) => letters.drop(stream, id),
});

/** `sprout queue dead | show | replay | drop`. */
export const queueCommands: readonly Command[] = [dead, show, replay, drop];

interface Way {
  readonly verb: string;
  readonly summary: string;
  readonly done: string;
  readonly act: (letters: DeadLetters, stream: string, id: string) => Promise<boolean>;
}

/** A command that does the same to one message or to all of a stream. */
function wayOf({ verb, summary, done, act }: Way): Command {
  return {
    name: ['queue', verb],
    summary,
    arguments: 'STREAM [ID]',
    options: { all: { type: 'boolean', default: false }, json },
    optionHelp: { all: 'all of the stream instead of one', json: 'print the ids as JSON' },
    examples: [
      `./sprout queue ${verb} orders 1795827554890-0`,
      `./sprout queue ${verb} orders --all`,
      `./sprout queue ${verb} orders --all --json`,
    ],
    run: (context) =>
      withDeadLetters(context, async (letters) => {
        const [stream = '', id] = context.positionals;
        const all = context.values['all'] === true;
        if ((id === undefined) !== all) {
          throw unclear('name either one message or --all');
        }
        const wanted =
          id === undefined ? (await letters.list(known(stream))).map((one) => one.id) : [id];
        const changed: string[] = [];
        for (const one of wanted) if (await act(letters, known(stream), one)) changed.push(one);
        if (id !== undefined && changed.length === 0) throw unknownMessage(stream, id);
        if (context.values['json'] === true) context.print(JSON.stringify(changed));
        else context.print(`${changed.length} ${done}`);
        return 0;
      }),
  };
}

async function withDeadLetters(
  context: CommandContext,
  use: (letters: DeadLetters) => Promise<number>,
): Promise<number> {
  const telemetry = observe({
    service: 'sprout',
    endpoints: () => ({}),
    logLevel: 'error',
    pushLogs: false,
    processMetrics: false,
    handleSignals: false,
  });
  const { dead: letters, ready, close } = await openMarketQueue(context.config(), telemetry);
  try {
    await ready();
    return await use(letters);
  } catch (error) {
    if (error instanceof SproutError) throw error;
    throw new SproutError('QUEUE_UNREACHABLE', 'the queue does not answer', {
      hint: './sprout status',
      cause: error,
    });
  } finally {
    await close();
    await telemetry.shutdown();
  }
}

function known(stream: string): string {
  if (marketStreams.includes(stream)) return stream;
  throw new SproutError('USAGE', `there is no stream "${stream}"`, {
    hint: `streams: ${marketStreams.join(', ')}`,
  });
}

function unclear(message: string): SproutError {
  return new SproutError('USAGE', message, { hint: './sprout queue dead lists them' });
}

function unknownMessage(stream: string, id: string): SproutError {
  return new SproutError('MESSAGE_UNKNOWN', `${stream} has no dead message ${id}`, {
    hint: './sprout queue dead',
  });
}

function lineOf({ id, stream, at, error, fields }: DeadLetter): string {
  return `${stream}  ${id}  ${at.toISOString()}  ${fields['type'] ?? '?'}  ${error}`;
}

/** A row each for why, when, and every field as it was published. */
function rowsOf({ id, stream, at, error, fields }: DeadLetter): string[] {
  const shown = { stream, entry: id, 'given up': at.toISOString(), error, ...fields };
  return Object.entries(shown).map(([name, value]) => `${name.padEnd(nameWidth)}  ${value}`);
}

const nameWidth = 20;
