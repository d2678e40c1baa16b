import { userInfo } from 'node:os';
import { SproutError } from '@sprout/process';
import type { Command, CommandContext, SproutConfig } from '@sprout/process';
import { parseDuration } from '@sprout/query';
import type { NewSilence, Silence } from '@sprout/query';
import { buildRules } from '../build-rules.ts';
import { alertsIn } from '../rule/rule.ts';
import { askAlertmanager } from './alertmanager.ts';

const json = { json: { type: 'boolean' } } as const;
const jsonHelp = { json: 'print JSON instead of text' };

/** `sprout alerts silence | silences | unsilence`. */
export const silenceCommands: Command[] = [
  {
    name: ['alerts', 'silence'],
    summary: 'Keep an alert, or all alerts of an objective, from telling anybody for a while',
    arguments: 'ALERT|OBJECTIVE',
    options: {
      ...json,
      for: { type: 'string' },
      reason: { type: 'string' },
      service: { type: 'string' },
    },
    optionHelp: {
      ...jsonHelp,
      for: 'how long, for example 2h',
      reason: 'why; everybody sees it',
      service: 'of this service only',
    },
    examples: [
      './sprout alerts silence LatencyP99High --for 2h --reason "load test"',
      './sprout alerts silence order-latency --for 30m --reason "database is being moved"',
      './sprout alerts silence LatencyP99High --for 2h --reason "load test" --json | jq -r .id',
    ],
    run: silence,
  },
  {
    name: ['alerts', 'silences'],
    summary: 'List the silences that hold or will hold',
    options: json,
    optionHelp: jsonHelp,
    examples: ['./sprout alerts silences', "./sprout alerts silences --json | jq -r '.[].id'"],
    run: list,
  },
  {
    name: ['alerts', 'unsilence'],
    summary: 'End a silence now',
    arguments: 'ID',
    examples: [
      './sprout alerts unsilence 7b6d1c2e-…   # ids are listed by ./sprout alerts silences',
      './sprout alerts unsilence 7b6d1c2e-… --json',
    ],
    run: end,
  },
];

async function silence(context: CommandContext): Promise<number> {
  const [target] = context.positionals;
  const { for: length, reason, service } = context.values;
  if (target === undefined || typeof length !== 'string' || typeof reason !== 'string') {
    throw new SproutError('USAGE', 'what, --for and --reason are needed', {
      hint: './sprout alerts silence LatencyP99High --for 2h --reason "load test"',
    });
  }
  const wanted = newSilence(context.config(), target, {
    seconds: secondsIn(length),
    reason,
    ...(typeof service === 'string' && { service }),
    by: userInfo().username,
    now: new Date(),
  });
  const id = await askAlertmanager(context.config(), (client) => client.silence(wanted));
  context.print(
    context.values['json'] === true
      ? JSON.stringify({ id, ...wanted })
      : `${target} is silent until ${wanted.endsAt} (${id})`,
  );
  return 0;
}

/** The silence of an alert or objective that exists. Throws SproutError `ALERT_UNKNOWN`. */
export function newSilence(
  config: SproutConfig,
  target: string,
  how: { seconds: number; reason: string; by: string; now: Date; service?: string },
): NewSilence {
  const isObjective = config.objectives.some(({ id }) => id === target);
  const isAlert = alertsIn(buildRules(config)).some(({ alert }) => alert === target);
  if (!isObjective && !isAlert) {
    throw new SproutError('ALERT_UNKNOWN', `there is no alert or objective ${target}`, {
      hint: './sprout alerts preview and ./sprout slo list show what there is',
    });
  }
  const equal = (name: string, value: string) => ({ name, value, isRegex: false, isEqual: true });
  return {
    matchers: [
      equal(isObjective ? 'objective' : 'alertname', target),
      ...(how.service === undefined ? [] : [equal('service', how.service)]),
    ],
    startsAt: how.now.toISOString(),
    endsAt: new Date(how.now.getTime() + how.seconds * 1000).toISOString(),
    createdBy: how.by,
    comment: how.reason,
  };
}

async function list(context: CommandContext): Promise<number> {
  const silences = await askAlertmanager(context.config(), (client) => client.silences());
  if (context.values['json'] === true) context.print(JSON.stringify(silences));
  else for (const one of silences) context.print(lineOf(one));
  if (silences.length === 0) context.warn('no silences');
  return 0;
}

async function end(context: CommandContext): Promise<number> {
  const [id] = context.positionals;
  if (id === undefined) {
    throw new SproutError('USAGE', 'an id is needed', { hint: './sprout alerts silences' });
  }
  await askAlertmanager(context.config(), (client) => client.expire(id));
  context.print(context.values['json'] === true ? JSON.stringify({ id }) : `ended ${id}`);
  return 0;
}

function lineOf({ id, matchers, endsAt, createdBy, comment }: Silence): string {
  const what = matchers
    .map(
      ({ name, value, isEqual, isRegex }) =>
        `${name}${isEqual ? '=' : '!'}${isRegex ? '~' : ''}${value}`,
    )
    .join(' ');
  return `${id}  ${what}  until ${endsAt}  ${createdBy}: ${comment}`;
}

function secondsIn(text: string): number {
  try {
    return parseDuration(text);
  } catch (cause) {
    throw new SproutError('USAGE', `"${text}" is not a duration`, {
      hint: 'write 30m or 2h',
      cause,
    });
  }
}
