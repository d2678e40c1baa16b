import { signalGroup } from '@sprout/process/supervisor';
import type { ProcessIdentity } from '@sprout/process/supervisor';
import { unavailable } from './effect.ts';
import type { Effect } from './effect.ts';

/** How often newcomers are looked for. */
const watchEveryMs = 10;

/**
 * Stops what runs under a name where it is, or kills it; holds every newcomer, a successor that the
 * supervisor starts or one more instance, before it can listen. What is held goes on when the
 * effect ends.
 */
export function processEffect(
  name: string,
  find: () => readonly ProcessIdentity[],
  how: 'down' | 'paused',
): Effect {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin: async () => {
      const victims = find();
      if (victims.length === 0) {
        throw unavailable(`${name} does not run here`, './sprout status shows what runs');
      }
      for (const victim of victims) signalGroup(victim, how === 'paused' ? 'SIGSTOP' : 'SIGKILL');
      const known = new Set(victims.map(keyOf));
      timer = setInterval(() => hold(find(), known), watchEveryMs);
    },
    end: async () => {
      clearInterval(timer);
      for (const current of find()) signalGroup(current, 'SIGCONT');
    },
  };
}

function hold(running: readonly ProcessIdentity[], known: Set<string>): void {
  for (const newcomer of running.filter((one) => !known.has(keyOf(one)))) {
    known.add(keyOf(newcomer));
    signalGroup(newcomer, 'SIGSTOP');
  }
}

const keyOf = ({ pid, startTicks }: ProcessIdentity): string => `${pid} ${startTicks}`;
