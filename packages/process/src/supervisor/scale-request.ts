import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const requestSchema = z.object({ id: z.string(), name: z.string(), count: z.number() });
const answerSchema = z.object({
  id: z.string(),
  error: z
    .object({ code: z.string(), message: z.string(), hint: z.string().optional() })
    .optional(),
});

export type ScaleRequest = z.infer<typeof requestSchema>;
export type ScaleAnswer = z.infer<typeof answerSchema>;

const lookEveryMs = 250;

/** Asks the supervisor of a data directory, from another process; the last one asks for all. */
export function writeScaleRequest(dataDir: string, request: ScaleRequest): void {
  writeWhole(requestPath(dataDir), request);
}

/** What the supervisor answered to a request; undefined while it is at it. */
export function readScaleAnswer(dataDir: string, id: string): ScaleAnswer | undefined {
  const answer = answerSchema.safeParse(readJson(answerPath(dataDir))).data;
  return answer?.id === id ? answer : undefined;
}

/** The supervisor's side: does what is asked for and answers, until stopped. */
export function followScaleRequests(
  dataDir: string,
  scale: (name: string, count: number) => Promise<void>,
  notice: (line: string) => void,
): { stop(): void } {
  for (const path of [requestPath(dataDir), answerPath(dataDir)]) rmSync(path, { force: true });
  const look = async () => {
    const request = requestSchema.safeParse(readJson(requestPath(dataDir))).data;
    if (request === undefined) return;
    rmSync(requestPath(dataDir), { force: true });
    const { id, name, count } = request;
    notice(`scaling ${name} to ${count}`);
    const error = await scale(name, count).then(() => undefined, describe);
    writeWhole(answerPath(dataDir), { id, ...(error && { error }) });
  };
  const timer = setInterval(() => void look(), lookEveryMs).unref();
  return { stop: () => clearInterval(timer) };
}

function describe(error: unknown): ScaleAnswer['error'] {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNEXPECTED';
  const hint = error instanceof Error && 'hint' in error ? String(error.hint ?? '') : '';
  return { code, message, ...(hint !== '' && { hint }) };
}

function requestPath(dataDir: string): string {
  return join(dataDir, 'scale-request.json');
}

function answerPath(dataDir: string): string {
  return join(dataDir, 'scale-answer.json');
}

function writeWhole(path: string, value: object): void {
  writeFileSync(`${path}.${process.pid}.tmp`, JSON.stringify(value));
  renameSync(`${path}.${process.pid}.tmp`, path);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Nobody has asked, or answered, yet.
    return undefined;
  }
}
