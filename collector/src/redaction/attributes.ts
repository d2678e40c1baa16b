import type { Attributes, AttributeValue } from '@sprout/wire';
import { redacted, redactEmails } from './email.ts';
import type { RedactedKeys } from './keys.ts';

/** Replaces values and counts how many were. */
export interface Redactor {
  readonly keys: RedactedKeys;
  /** Values replaced so far. */
  count: number;
}

/** Replaces the values of redacted keys and e-mail addresses in all other texts, at any depth. */
export function redactAttributes(redactor: Redactor, attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, redactEntry(redactor, key, value)]),
  );
}

export function redactValue(redactor: Redactor, value: AttributeValue): AttributeValue {
  if (typeof value === 'string') return redactText(redactor, value);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  if (isList(value)) return value.map((inner) => redactValue(redactor, inner));
  return redactAttributes(redactor, value);
}

export function redactText(redactor: Redactor, text: string): string {
  const clean = redactEmails(text);
  if (clean !== text) redactor.count++;
  return clean;
}

function redactEntry(redactor: Redactor, key: string, value: AttributeValue): AttributeValue {
  if (!redactor.keys.has(key)) return redactValue(redactor, value);
  redactor.count++;
  return redacted;
}

function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
