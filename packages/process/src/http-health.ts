/**
 * Milliseconds that a look waits, so that none is left behind at a process that is held. A service
 * whose probes run out of time says so after two seconds.
 */
const answerMsMax = 4_000;
/** Characters of a refusal that are told. */
const refusalMax = 300;

/**
 * The health of a process that publishes `http`: it is well when GET `path` is answered with 2xx
 * within 4 s.
 * @example
 * const spec = { name: 'order', health: httpHealth('/readyz') };
 */
export function httpHealth(path: string) {
  return async ({ http }: Readonly<Record<string, string>>): Promise<string | undefined> => {
    if (http === undefined) return 'it has not published its address';
    const url = http + path;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(answerMsMax) });
      const text = await response.text();
      if (response.ok) return undefined;
      return `${url} answers ${response.status}: ${text.slice(0, refusalMax)}`;
    } catch (error) {
      return `${url} does not answer: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
}
