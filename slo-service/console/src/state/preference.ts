import { changeQuery, place } from '../place/place.ts';

/** What a reader chose for themselves; kept in the browser, and overridable in the URL. */
export type Preference = 'lang' | 'theme' | 'tz';

/** The value in the URL (`?lang=ko`), else the one that was chosen before, else null. */
export function remembered(name: Preference): string | null {
  if (typeof window === 'undefined') return null;
  return new URLSearchParams(window.location.search).get(name) ?? stored(name);
}

export function remember(name: Preference, value: string | null): void {
  try {
    if (value === null) window.localStorage.removeItem(key(name));
    else window.localStorage.setItem(key(name), value);
  } catch {
    // Storage can be forbidden or full; the choice then lasts as long as the page.
  }
}

/** Language and theme are personal; the URL follows only when it already names one. */
export function mentionInUrl(name: Preference, value: string): void {
  if (place.peek().query.has(name)) changeQuery({ [name]: value });
}

function stored(name: Preference): string | null {
  try {
    return window.localStorage.getItem(key(name));
  } catch {
    // Storage can be forbidden; nothing was chosen then.
    return null;
  }
}

function key(name: Preference): string {
  return `sprout.${name}`;
}
