/** What a breaker remembers of a call. */
export interface Call {
  readonly failed: boolean;
  readonly slow: boolean;
}

/** The last calls. */
export interface CallWindow {
  add(call: Call): void;
  /** Per cent of the remembered calls; -1 while there are fewer than the minimum. */
  rates(): { readonly failure: number; readonly slow: number };
}

/** Remembers the last `size` calls; a minimum above the size counts as the size. */
export function createCallWindow(size: number, minimum: number): CallWindow {
  const calls: Call[] = [];
  const least = Math.min(minimum, size);
  return {
    add: (call) => {
      calls.push(call);
      if (calls.length > size) calls.shift();
    },
    rates: () => {
      if (calls.length < least) return { failure: -1, slow: -1 };
      return {
        failure: percent(calls.filter(({ failed }) => failed).length, calls.length),
        slow: percent(calls.filter(({ slow }) => slow).length, calls.length),
      };
    },
  };
}

function percent(part: number, whole: number): number {
  return (part * 100) / whole;
}
