/** What a silence, or a route, compares a label with. */
export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

/** A silence that is asked for; times are ISO 8601. */
export interface NewSilence {
  readonly matchers: readonly SilenceMatcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

/** A silence as Alertmanager has it. */
export interface Silence extends NewSilence {
  readonly id: string;
  readonly status: { readonly state: 'pending' | 'active' | 'expired' };
}

/** Alerts that one notification would name together. */
export interface AlertGroup {
  /** What the alerts are grouped by. */
  readonly labels: Readonly<Record<string, string>>;
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

/** The alerts and silences of an Alertmanager. */
export interface AlertmanagerClient {
  /** The groups whose alerts fire now, silenced and inhibited ones too. */
  groups(): Promise<readonly AlertGroup[]>;
  /** Those that hold or will hold. */
  silences(): Promise<readonly Silence[]>;
  /** Resolves with its id. */
  silence(silence: NewSilence): Promise<string>;
  /** Ends a silence at once. */
  expire(id: string): Promise<void>;
}

/** What Alertmanager did not do; `status` is the HTTP status, absent when nobody answered. */
export class AlertmanagerError extends Error {
  override readonly name = 'AlertmanagerError';
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = options.status;
  }
}

const timeoutMs = 5000;

/** A longer answer is refused; a group with its alert takes about a kilobyte. */
const groupsBytesMax = 16 * 1024 * 1024;

/**
 * A client of `<address>/api/v2` (https://prometheus.io/docs/alerting/latest/alerts_api/). The
 * address is asked for at every request. Throws AlertmanagerError.
 */
export function alertmanagerClient(options: {
  /** Base URL now; undefined while it is unknown. */
  address(): string | undefined;
  /** Shown as a bearer, where one is asked for. */
  token?(): string;
}): AlertmanagerClient {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const base = options.address();
    if (base === undefined) throw new AlertmanagerError('the address of Alertmanager is not known');
    const url = `${base.replace(/\/$/, '')}/api/v2/${path}`;
    const response = await send(url, init, options.token?.());
    if (response.ok) return response;
    const why = (await response.text()).slice(0, 300);
    throw new AlertmanagerError(`${url}: ${response.status} ${why}`, { status: response.status });
  };
  return {
    groups: async () => {
      const answer = await ask('alerts/groups');
      return JSON.parse(await textOf(answer, groupsBytesMax)) as readonly AlertGroup[];
    },
    silences: async () => {
      const all = (await (await ask('silences')).json()) as readonly WireSilence[];
      return all.filter(({ status }) => status.state !== 'expired').map(explicit);
    },
    silence: async (silence) => {
      const answer = await ask('silences', { method: 'POST', body: JSON.stringify(silence) });
      return ((await answer.json()) as { readonly silenceID: string }).silenceID;
    },
    expire: async (id) => {
      await ask(`silence/${encodeURIComponent(id)}`, { method: 'DELETE' });
    },
  };
}

async function send(url: string, init: RequestInit, token: string | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      ...init,
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      // A token must not follow a redirect to wherever it points.
      redirect: token === undefined ? 'follow' : 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw new AlertmanagerError(`${url} does not answer`, { cause });
  }
}

/** Reads no further than a limit. */
async function textOf({ url, body }: Response, bytesMax: number): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw new AlertmanagerError(`${url}: more than ${bytesMax} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Trusted as Alertmanager's published API, which leaves `isEqual` out where it is true. */
type WireSilence = Omit<Silence, 'matchers'> & {
  readonly matchers: readonly (Omit<SilenceMatcher, 'isEqual'> & { readonly isEqual?: boolean })[];
};

const explicit = (silence: WireSilence): Silence => ({
  ...silence,
  matchers: silence.matchers.map(({ isEqual = true, ...matcher }) => ({ ...matcher, isEqual })),
});
