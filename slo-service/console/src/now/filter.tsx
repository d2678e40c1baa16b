import { useEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../i18n/language.ts';
import { fitting } from '../place/address-length.ts';
import { changeQuery, place } from '../place/place.ts';

/** Typing is not interrupted: the list is asked for when it pauses. */
const pauseMs = 150;

/** The filter of the list; what is typed goes into the URL, and so to the server. */
export function Filter() {
  const t = texts();
  const wanted = place.value.query.get('q') ?? '';
  const [typed, setTyped] = useState(wanted);
  const asked = useRef(wanted);
  useEffect(() => {
    // What came from here is typed on meanwhile: only a filter from elsewhere replaces it.
    if (wanted !== asked.current) setTyped((asked.current = wanted));
  }, [wanted]);
  useEffect(() => {
    if (typed === asked.current) return undefined;
    const timer = setTimeout(() => {
      asked.current = typed;
      changeQuery({ q: typed, page: null });
    }, pauseMs);
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
      onInput={({ currentTarget: field }) => {
        const fitted = fitting(field.value);
        // What has no room leaves the field too, also when nothing else changes.
        if (field.value !== fitted) field.value = fitted;
        setTyped(fitted);
      }}
    />
  );
}
