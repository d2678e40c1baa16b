import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessContext, ProcessSpec } from '../process-spec.ts';
import { readRunFile } from '../run-file.ts';

/** Time between two looks at a process that is not healthy yet, and at one that is. */
const pollStartingMs = 100;
const pollHealthyMs = 5000;
/** A health check that takes longer counts as a failed one. */
const checkTimeoutMs = 5000;

/** What one look at a process found. */
export interface HealthReport {
  /** Undefined when healthy. */
  readonly reason: string | undefined;
  readonly addresses: Readonly<Record<string, string>>;
}

/** Looks at a process again and again until `signal` aborts, and tells what it found. */
export async function watchHealth(
  spec: ProcessSpec,
  context: ProcessContext,
  pid: number,
  tell: (report: HealthReport) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const report = await look(spec, context, pid);
    if (signal.aborted) return;
    tell(report);
    await pause(report.reason === undefined ? pollHealthyMs : pollStartingMs, signal);
  }
}

async function look(
  spec: ProcessSpec,
  context: ProcessContext,
  pid: number,
): Promise<HealthReport> {
  const addresses = spec.addresses?.(context) ?? publishedBy(pid, spec.name, context);
  if (addresses === undefined) {
    return { reason: 'it has not published its address yet', addresses: {} };
  }
  return { reason: await check(spec, context, addresses), addresses };
}

/** A run file of an earlier process with this name says nothing about this one. */
function publishedBy(pid: number, name: string, context: ProcessContext) {
  const file = readRunFile(context.config, name);
  return file?.pid === pid ? file.addresses : undefined;
}

async function check(
  spec: ProcessSpec,
  context: ProcessContext,
  addresses: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(
    () => late.resolve(`no answer to the health check within ${checkTimeoutMs} ms`),
    checkTimeoutMs,
  );
  try {
    return await Promise.race([spec.health(addresses, context), late.promise]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // Aborted: the loop ends at its condition.
  }
}
