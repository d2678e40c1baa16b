import type { Effect } from './effect.ts';

const timeoutMs = 3_000;

/**
 * Tells the SLO service of a deploy, as who `$SPROUT_API_KEY` stands for; without the service the
 * fault goes on without its mark.
 */
export function deployEffect(
  sloServiceUrl: () => string | undefined,
  deploy: { readonly service: string; readonly title: string },
  warn: (message: string) => void,
): Effect {
  return {
    begin: async () => {
      const url = sloServiceUrl();
      if (url === undefined) return;
      const key = process.env['SPROUT_API_KEY'];
      try {
        const response = await fetch(`${url}/api/v1/annotations`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(key !== undefined && { authorization: `Bearer ${key}` }),
          },
          body: JSON.stringify({ kind: 'deploy', by: 'faults', ...deploy }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        if (!response.ok) warn(`the deploy is not noted: ${response.status}`);
      } catch (error) {
        warn(`the deploy is not noted: ${String(error)}`);
      }
    },
    end: async () => undefined,
  };
}
