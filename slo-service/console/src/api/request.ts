import { language, texts } from '../i18n/language.ts';

/** Why a request failed, in words for the reader. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  /** HTTP status; 0 when nothing answered. */
  readonly status: number;
  /** What to do next, when the server said so. */
  readonly hint: string | undefined;

  constructor(status: number, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = status;
    this.hint = options.hint;
  }
}

const timeoutMs = 20_000;

/**
 * Fetches JSON of our own server. The type is the API's contract, checked by its own tests.
 * Throws RequestFailure with the title, detail and hint of problem+json.
 */
export async function getJson<T>(url: string, signal: AbortSignal): Promise<T> {
  return askJson<T>(url, { signal });
}

/**
 * Asks our own server to change something, or reads.
 * Throws RequestFailure with the title, detail and hint of problem+json.
 */
export async function askJson<T>(url: string, request: RequestInit): Promise<T> {
  const response = await send(url, request);
  if (!response.ok) throw await failureOf(response);
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new RequestFailure(response.status, texts().answeredNoJson(url), { cause });
  }
}

async function send(url: string, request: RequestInit): Promise<Response> {
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
  const headers = {
    accept: 'application/json',
    'accept-language': language.value,
    ...request.headers,
  };
  try {
    return await fetch(url, { ...request, headers, signal });
  } catch (cause) {
    throw new RequestFailure(0, texts().didNotAnswer(url.split('?')[0] ?? url), { cause });
  }
}

async function failureOf(response: Response): Promise<RequestFailure> {
  const body = await problemOf(response);
  // Details name the values at fault, in the language of programs.
  const detail = language.value === 'en' ? (body['detail'] ?? body['error']) : undefined;
  const said = [body['title'], detail].filter(isText).join(': ');
  const message = said === '' ? `${response.status} ${response.statusText}` : said;
  const hint = isText(body['hint']) ? { hint: body['hint'] } : {};
  return new RequestFailure(response.status, message, hint);
}

async function problemOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return { detail: text.slice(0, 300) };
    throw error;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
