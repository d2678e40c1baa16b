import { processIdentity, signalGroup } from '@sprout/process/supervisor';
import type { ProcessIdentity } from '@sprout/process/supervisor';
import { unavailable } from './effect.ts';
import type { Effect } from './effect.ts';

/** How often a successor of a killed process is looked for. */
const watchEveryMs = 10;

type Place = { readonly dataDir: string };

/**
 * Stops a process where it is, or kills it and holds every successor that its supervisor starts,
 * before it can listen; what is held goes on when the effect ends.
 */
export function processEffect(place: Place, name: string, how: 'down' | 'paused'): Effect {
  const find = () => processIdentity(place.dataDir, name);
  let timer: NodeJS.Timeout | undefined;
  return {
    begin: async () => {
      const victim = find();
      if (victim === undefined) {
        throw unavailable(`${name} does not run here`, './sprout status shows what runs');
      }
      if (how === 'paused') return signalGroup(victim, 'SIGSTOP');
      signalGroup(victim, 'SIGKILL');
      const held = new Set([keyOf(victim)]);
      timer = setInterval(() => hold(find(), held), watchEveryMs);
    },
    end: async () => {
      clearInterval(timer);
      const current = find();
      if (current !== undefined) signalGroup(current, 'SIGCONT');
    },
  };
}

function hold(successor: ProcessIdentity | undefined, held: Set<string>): void {
  if (successor === undefined || held.has(keyOf(successor))) return;
  held.add(keyOf(successor));
  signalGroup(successor, 'SIGSTOP');
}

const keyOf = ({ pid, startTicks }: ProcessIdentity): string => `${pid} ${startTicks}`;
