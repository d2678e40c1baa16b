import { readFileSync } from 'node:fs';
import { SproutError, addressOf, listener } from '@sprout/process';
import type { CommandContext } from '@sprout/process';
import { z } from 'zod';
import { serviceName } from '../../service-name.ts';

const timeoutMs = 10_000;

/**
 * Asks the running SLO service, found by its run file.
 * Throws SproutError `SLO_SERVICE_DOWN`, or with the code and the hint of the service's problem.
 */
export async function askService<S extends z.ZodType>(
  context: CommandContext,
  path: string,
  schema: S,
  request: ServiceRequest = {},
): Promise<z.output<S>> {
  return schema.parse(JSON.parse(await askServiceText(context, path, request)));
}

/** The same for answers that are passed on as they are. */
export async function askServiceText(
  context: CommandContext,
  path: string,
  request: ServiceRequest = {},
): Promise<string> {
  const address = addressOf(context.config(), listener(serviceName));
  if (address === undefined) throw down('it has not published its address');
  const response = await send(`${address}${path}`, request);
  if (response.ok) return response.text();
  const { code, detail, title, hint } = problemSchema.parse(await response.json());
  throw new SproutError(code ?? 'SLO_SERVICE_FAILED', detail ?? title, hint ? { hint } : {});
}

/** What is sent besides the path. */
export interface ServiceRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly yaml?: string;
}

async function send(
  url: string,
  { method = 'GET', ...request }: ServiceRequest,
): Promise<Response> {
  const { type, content } = contentOf(request);
  const headers = { ...credential(), ...type };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(url, { method, headers, ...content, signal });
  } catch (cause) {
    throw down(`${url} does not answer`, cause);
  }
}

function contentOf({ body, yaml }: ServiceRequest) {
  if (yaml !== undefined)
    return { type: { 'content-type': 'application/yaml' }, content: { body: yaml } };
  if (body === undefined) return { type: {}, content: {} };
  return { type: { 'content-type': 'application/json' }, content: { body: JSON.stringify(body) } };
}

/** Where an installation asks for keys: `SPROUT_API_KEY`, or the file `SPROUT_API_KEY_FILE`. */
function credential(): Record<string, string> {
  const { SPROUT_API_KEY: key, SPROUT_API_KEY_FILE: file } = process.env;
  const text = key ?? (file === undefined ? undefined : readFileSync(file, 'utf8'));
  return text === undefined ? {} : { authorization: `Bearer ${text.trim()}` };
}

function down(reason: string, cause?: unknown): SproutError {
  return new SproutError('SLO_SERVICE_DOWN', `the SLO service cannot be asked: ${reason}`, {
    hint: './sprout up starts everything, ./sprout slo run the service alone',
    cause,
  });
}

const problemSchema = z.object({
  title: z.string(),
  detail: z.string().optional(),
  code: z.string().optional(),
  hint: z.string().optional(),
});
