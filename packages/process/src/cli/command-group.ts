import type { Command } from '../command.ts';

/** Commands that one app brings; its code is loaded when one of its nouns is asked for. */
export interface CommandGroup {
  /** Noun → what it is about, as the overview shows it. */
  readonly nouns: Readonly<Record<string, string>>;
  load(): Promise<readonly Command[]>;
}
