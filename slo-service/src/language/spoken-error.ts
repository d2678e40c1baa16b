import { SproutError } from '@sprout/process';
import type { Text } from './text.ts';

/**
 * An error of a part that knows no requests, which a request may have to tell: its words stand
 * where it is thrown, in every language. In logs and commands it is English.
 */
export class SpokenError extends SproutError {
  readonly words: { readonly message: Text; readonly hint: Text };

  constructor(
    code: string,
    words: SpokenError['words'],
    options: { readonly cause?: unknown } = {},
  ) {
    super(code, words.message.en, { hint: words.hint.en, ...options });
    this.words = words;
  }
}
