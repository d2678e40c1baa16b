import { useState } from 'preact/hooks';
import { askJson, RequestFailure } from './request.ts';
import type { Resource } from './resource.ts';

/** A change that is asked of the server: whether it is under way, and why it failed. */
export interface Action {
  readonly running: boolean;
  readonly failure: RequestFailure | undefined;
  /** Sends JSON and resolves to true when it was done. */
  readonly send: (url: string, method: 'POST' | 'DELETE', body?: unknown) => Promise<boolean>;
}

/** Sends changes one at a time and keeps the last failure for the form to show. */
export function useAction(): Action {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<RequestFailure>();
  const send: Action['send'] = async (url, method, body) => {
    setRunning(true);
    setFailure(undefined);
    try {
      await askJson(url, { method, ...jsonBody(body) });
      return true;
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      setFailure(error);
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { running, failure, send };
}

/** A failed change as a resource, for the notice that shows failures. */
export function asResource({ failure }: Action, retry: () => void): Resource<unknown> {
  return { data: undefined, failure, fetchedAtMs: undefined, loading: false, retry };
}

function jsonBody(body: unknown): RequestInit {
  if (body === undefined) return {};
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
