/** Milliseconds that a health check waits for an answer. */
const answerMsMax = 2000;

/** Undefined when `<url>/-/ready` answers 200, else why it does not. */
export async function readiness(url: string | undefined): Promise<string | undefined> {
  if (url === undefined) return 'its address is not known';
  try {
    const response = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(answerMsMax) });
    await response.arrayBuffer();
    return response.ok ? undefined : `${url}/-/ready answers ${response.status}`;
  } catch (error) {
    return `${url}/-/ready: ${error instanceof Error ? error.message : String(error)}`;
  }
}
