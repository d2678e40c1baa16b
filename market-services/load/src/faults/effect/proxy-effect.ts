import type { Disturbance } from '../fault.ts';
import type { TcpProxy } from '../tcp-proxy.ts';
import { unavailable } from './effect.ts';
import type { Effect } from './effect.ts';

/** Disturbs what passes through a proxy, all the time or on and off. */
export function proxyEffect(
  proxy: Pick<TcpProxy, 'disturb'> | undefined,
  disturbance: Disturbance,
  flapSeconds?: number,
): Effect {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin: async () => {
      if (proxy === undefined)
        throw unavailable('no proxy stands there', 'it needs one server each');
      proxy.disturb(disturbance);
      if (flapSeconds === undefined) return;
      let on = true;
      timer = setInterval(() => {
        on = !on;
        proxy.disturb(on ? disturbance : {});
      }, flapSeconds * 1000);
    },
    end: async () => {
      clearInterval(timer);
      proxy?.disturb({});
    },
  };
}
