import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { language } from '../i18n/language.ts';
import { getJson, RequestFailure } from './request.ts';

/** What is known of one request. A failure never removes what was known before. */
export interface Resource<T> {
  readonly data: T | undefined;
  readonly failure: RequestFailure | undefined;
  /** When `data` was fetched, milliseconds of the epoch. */
  readonly fetchedAtMs: number | undefined;
  readonly loading: boolean;
  readonly retry: () => void;
}

/** How often a page asks again, while it is visible. */
export const refreshMs = 15_000;

/**
 * Fetches `url` and again every `everyMs` (0: never); null fetches nothing. Requests are
 * independent, so that one that fails leaves the others' parts of the page alone.
 */
export function useResource<T>(url: string | null, everyMs: number = refreshMs): Resource<T> {
  return useFetched(url, everyMs, (signal) => getJson<T>(url ?? '', signal));
}

/** The same for what takes several requests; `key` says what is fetched, null fetches nothing. */
export function useFetched<T>(
  key: string | null,
  everyMs: number,
  load: (signal: AbortSignal) => Promise<T>,
): Resource<T> {
  const state = useMemo(() => signal<Resource<T>>(empty(key !== null)), []);
  // Answers are in the reader's language.
  const reader = language.value;
  useEffect(() => (key === null ? undefined : watch(load, everyMs, state)), [key, everyMs, reader]);
  return state.value;
}

function empty<T>(loading: boolean): Resource<T> {
  return {
    data: undefined,
    failure: undefined,
    fetchedAtMs: undefined,
    loading,
    retry: () => undefined,
  };
}

type Load<T> = (signal: AbortSignal) => Promise<T>;

function watch<T>(ask: Load<T>, everyMs: number, state: { value: Resource<T> }) {
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const load = async () => {
    clearTimeout(timer);
    state.value = { ...state.value, ...(await fetched(ask, ended.signal)), retry };
    if (everyMs > 0 && !ended.signal.aborted) timer = setTimeout(tick, everyMs);
  };
  const retry = () => {
    state.value = { ...state.value, loading: true };
    void load();
  };
  /** A hidden tab asks nobody; it catches up when it is seen again. */
  const tick = () => {
    if (!document.hidden) void load();
    else document.addEventListener('visibilitychange', () => void load(), onceUntil(ended));
  };
  state.value = { ...state.value, loading: true, retry };
  void load();
  return () => {
    ended.abort();
    clearTimeout(timer);
  };
}

const onceUntil = (ended: AbortController) => ({ once: true, signal: ended.signal });

async function fetched<T>(ask: Load<T>, signal: AbortSignal): Promise<Partial<Resource<T>>> {
  try {
    const data = await ask(signal);
    return signal.aborted
      ? {}
      : { data, failure: undefined, fetchedAtMs: Date.now(), loading: false };
  } catch (error) {
    if (signal.aborted) return {};
    if (!(error instanceof RequestFailure)) throw error;
    return { failure: error, loading: false };
  }
}
