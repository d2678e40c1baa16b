import { SproutError, addressOf } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { z } from 'zod';

const timeoutMs = 5000;

/** A silence as Alertmanager's API has it (https://prometheus.io/docs/alerting/latest/alerts_api/). */
export const silenceSchema = z.object({
  id: z.string(),
  createdBy: z.string(),
  comment: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  status: z.object({ state: z.enum(['pending', 'active', 'expired']) }),
  matchers: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      isRegex: z.boolean(),
      isEqual: z.boolean().default(true),
    }),
  ),
});
export type Silence = z.infer<typeof silenceSchema>;
export type NewSilence = Omit<Silence, 'id' | 'status'>;

/** The silences of the stack's Alertmanager. Rejects with SproutError `ALERTMANAGER_FAILED`. */
export function silencesOf(config: SproutConfig) {
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const base = addressOf(config, config.telemetry.alertmanager);
    if (base === undefined) throw failed('its address is not known');
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(`${base.replace(/\/$/, '')}/api/v2/${path}`, {
      ...init,
      headers: { 'content-type': 'application/json' },
      signal,
    }).catch((cause: unknown) => {
      throw failed(String(cause), cause);
    });
    const text = await response.text();
    if (!response.ok) throw failed(`${response.status} ${text.slice(0, 300)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    /** Those that hold or will hold. */
    list: async (): Promise<Silence[]> =>
      z
        .array(silenceSchema)
        .parse(await ask('silences'))
        .filter(({ status }) => status.state !== 'expired'),
    create: async (silence: NewSilence): Promise<string> => {
      const answer = await ask('silences', { method: 'POST', body: JSON.stringify(silence) });
      return z.object({ silenceID: z.string() }).parse(answer).silenceID;
    },
    end: async (id: string): Promise<void> => {
      await ask(`silence/${encodeURIComponent(id)}`, { method: 'DELETE' });
    },
  };
}

function failed(why: string, cause?: unknown): SproutError {
  return new SproutError('ALERTMANAGER_FAILED', `Alertmanager does not do it: ${why}`, {
    hint: 'check that it runs: ./sprout status',
    cause,
  });
}
