import { styleText } from 'node:util';
import { SproutError } from '../error.ts';
import { usageCode } from './usage-error.ts';

/** Exit codes of every command. */
export const exitCodes = { ok: 0, failure: 1, usage: 2, lintFindings: 3, partial: 4 } as const;

/** The lines that tell a person, or a program with `--json`, what went wrong. */
export function failureText(error: unknown, json: boolean): string {
  const { code, message, hint } = describe(error);
  if (json) return JSON.stringify({ error: { code, message, hint } });
  const label = styleText('red', `error ${code}:`, { stream: process.stderr });
  return hint === undefined ? `${label} ${message}` : `${label} ${message}\n  hint: ${hint}`;
}

export function exitCodeOf(error: unknown): number {
  const isUsage = error instanceof SproutError && error.code === usageCode;
  return isUsage ? exitCodes.usage : exitCodes.failure;
}

function describe(error: unknown): { code: string; message: string; hint: string | undefined } {
  if (error instanceof SproutError) {
    const { code, hint } = error;
    return { code, hint, message: withCause(error) };
  }
  const debug = process.env['SPROUT_DEBUG'] !== undefined;
  const text =
    error instanceof Error ? ((debug ? error.stack : undefined) ?? error.message) : error;
  return {
    code: 'UNEXPECTED',
    message: String(text),
    hint: debug ? undefined : 'this should not happen; SPROUT_DEBUG=1 shows where it did',
  };
}

/** Many messages quote their cause already. */
function withCause({ message, cause }: SproutError): string {
  const isNews = cause instanceof Error && !message.includes(cause.message);
  return isNews ? `${message} (${cause.message})` : message;
}
