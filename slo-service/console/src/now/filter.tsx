import { useEffect, useState } from 'preact/hooks';
import { texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';

/** Typing is not interrupted: the list is asked for when it pauses. */
const pauseMs = 150;

/** The filter of the list; what is typed goes into the URL, and so to the server. */
export function Filter() {
  const t = texts();
  const wanted = place.value.query.get('q') ?? '';
  const [typed, setTyped] = useState(wanted);
  useEffect(() => setTyped(wanted), [wanted]);
  useEffect(() => {
    if (typed === wanted) return undefined;
    const timer = setTimeout(() => changeQuery({ q: typed, page: null }), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      type="search"
      class="filter"
      data-search
      aria-label={t.filter}
      aria-keyshortcuts="/"
      placeholder={t.filter}
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
