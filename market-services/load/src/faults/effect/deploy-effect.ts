import type { Effect } from './effect.ts';

const timeoutMs = 3_000;

/** Tells the SLO service of a deploy; without the service the fault goes on without its mark. */
export function deployEffect(
  sloServiceUrl: () => string | undefined,
  deploy: { readonly service: string; readonly title: string },
  warn: (message: string) => void,
): Effect {
  return {
    begin: async () => {
      const url = sloServiceUrl();
      if (url === undefined) return;
      try {
        const response = await fetch(`${url}/api/v1/annotations`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
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
