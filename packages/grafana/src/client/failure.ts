import { SproutError } from '@sprout/process';

/** What an answer of 3xx, 4xx or 5xx means to the person who runs the command. */
export function failureOf(status: number, what: string, body: string): SproutError {
  const message = `Grafana answered ${status} to ${what}: ${reasonOf(body)}`;
  if (status === 401)
    return new SproutError('GRAFANA_UNAUTHORIZED', message, {
      hint: 'GRAFANA_TOKEN is wrong or has expired; create one for a service account',
    });
  if (status === 403)
    return new SproutError('GRAFANA_FORBIDDEN', message, {
      hint: 'give the service account the role Editor',
    });
  if (status === 404)
    return new SproutError('GRAFANA_NOT_FOUND', message, {
      hint: 'dashboard.grafana.app/v2 needs Grafana 13; check GRAFANA_URL and GRAFANA_NAMESPACE',
    });
  if (status === 409 || status === 412)
    return new SproutError('GRAFANA_CONFLICT', message, {
      hint: 'somebody changed it meanwhile; look at ./sprout dashboards drift, then plan again',
    });
  if (status === 429)
    return new SproutError('GRAFANA_THROTTLED', message, { hint: 'try again in some minutes' });
  if (status >= 500)
    return new SproutError('GRAFANA_FAILED', message, { hint: "read Grafana's log" });
  return new SproutError('GRAFANA_REFUSED', message, {
    hint: 'correct what Grafana names; nothing of this resource was stored',
  });
}

/** No answer came: nobody listens, the name is unknown, or it took too long. */
export function unreachable(base: string, what: string, cause: unknown): SproutError {
  const { origin } = new URL(base);
  const why = cause instanceof Error ? innermost(cause).message || cause.message : String(cause);
  return new SproutError('GRAFANA_UNREACHABLE', `no answer from ${origin} to ${what}: ${why}`, {
    hint: 'check GRAFANA_URL and whether that Grafana runs',
    cause,
  });
}

/** An answer came that is not what the API promises. */
export function unreadable(what: string, found: string, cause?: unknown): SproutError {
  return new SproutError('GRAFANA_UNREADABLE', `no resource in the answer to ${what}: ${found}`, {
    hint: 'GRAFANA_URL may point at a proxy or a sign-in page instead of Grafana',
    cause,
  });
}

const reasonCharsMax = 500;

function reasonOf(body: string): string {
  try {
    const { message } = JSON.parse(body);
    if (typeof message === 'string') return message.slice(0, reasonCharsMax);
  } catch {
    // A proxy in between answers in HTML or plain text; its words are better than none.
  }
  return body.slice(0, reasonCharsMax) || 'no reason given';
}

const innermost = (error: Error): Error =>
  error.cause instanceof Error ? innermost(error.cause) : error;
