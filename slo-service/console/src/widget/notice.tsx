import type { Resource } from '../api/resource.ts';
import type { List } from '../api/whole-list.ts';
import { texts } from '../i18n/language.ts';
import { place, shortHref } from '../place/place.ts';
import { timeText } from '../state/clock.ts';
import { Shape } from './shape.tsx';

/**
 * Says that one request failed, why, and what to do; what was known before stays on the page.
 * Draws nothing when the request did not fail.
 */
export function FailureNotice({
  of,
  what,
}: {
  readonly of: Resource<unknown>;
  readonly what: string;
}) {
  const t = texts();
  if (!of.failure) return null;
  const { status, message, hint } = of.failure;
  return (
    <div class="notice notice-failure" role="status">
      <Shape kind="unknown" />
      <div>
        <p class="notice-title">{t.failedTitle(what)}</p>
        <p>{message}</p>
        <p>{hint ?? (status === 0 ? t.failedNetwork : t.failedRetry)}</p>
        {of.fetchedAtMs === undefined ? null : (
          <p>{t.failedKept(timeText(new Date(of.fetchedAtMs)))}</p>
        )}
        <p class="links">
          <button type="button" class="button" onClick={of.retry}>
            {t.retryNow}
          </button>
          {status === 401 ? (
            <a class="button" href={signInPath()}>
              {t.signIn}
            </a>
          ) : null}
        </p>
      </div>
    </div>
  );
}

/** The page of the service that signs in, and leads back here. */
function signInPath(): string {
  const { path, query } = place.value;
  return `/login?${new URLSearchParams({ return: shortHref(path, query) }).toString()}`;
}

/** Says that a list is longer than what is shown of it; draws nothing when it is whole. */
export function CutNotice(props: { readonly of: Resource<List<unknown>>; readonly what: string }) {
  const list = props.of.data;
  if (!list || list.next === null) return null;
  return (
    <div class="notice" role="status">
      <p>{texts().listCut(props.what, String(list.items.length))}</p>
    </div>
  );
}

/** Says that there is nothing, and what would bring something. */
export function EmptyNotice({ title, fix }: { readonly title: string; readonly fix?: string }) {
  return (
    <div class="notice">
      <div>
        <p class="notice-title">{title}</p>
        {fix === undefined ? null : <p>{fix}</p>}
      </div>
    </div>
  );
}

/** A calm block where a part of the page is going to be. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div class="skeleton" aria-busy="true">
      <span class="visually-hidden">{texts().loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div class="skeleton-line" key={line} />
      ))}
    </div>
  );
}

/** What to show instead of data while there is none: nothing yet, or why not. */
export function Pending({ of, what }: { readonly of: Resource<unknown>; readonly what: string }) {
  return of.failure ? <FailureNotice of={of} what={what} /> : <Skeleton />;
}
