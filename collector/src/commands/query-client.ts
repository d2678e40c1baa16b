import { addressOf, SproutError } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';

/** The URL of a query, on whoever answers queries for this configuration. */
export function queryUrl(
  config: SproutConfig,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): URL {
  const address = addressOf(config, config.telemetry.query);
  if (address === undefined) {
    throw new SproutError('COLLECTOR_UNREACHABLE', 'the collector is not running here', {
      hint: './sprout up starts everything, ./sprout collector run the collector alone',
    });
  }
  const url = new URL(path, address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

/** Fetches JSON. Throws SproutError `COLLECTOR_UNREACHABLE` or `QUERY_REFUSED`. */
export async function fetchJson(url: URL): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  } catch (cause) {
    throw new SproutError('COLLECTOR_UNREACHABLE', `${url.origin} does not answer`, {
      hint: './sprout status shows what runs',
      cause,
    });
  }
  if (response.ok) return response.json();
  const [message = '', ...hint] = (await response.text()).trim().split('\n');
  throw new SproutError('QUERY_REFUSED', message, hint.length > 0 ? { hint: hint.join('\n') } : {});
}
