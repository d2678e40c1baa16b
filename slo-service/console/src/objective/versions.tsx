import { windowName } from '@sprout/objectives/window';
import { formatTarget } from '../format/ratio.ts';
import { texts } from '../i18n/language.ts';
import { instantText } from '../state/clock.ts';
import type { DeclaredObjective } from './formula.ts';

/** What was promised before, and until when: history is judged by the promise then in force. */
export function Versions({ declared }: { readonly declared: DeclaredObjective }) {
  const t = texts();
  const before = declared.before ?? [];
  if (before.length === 0) return null;
  return (
    <>
      <h3>{t.versionsTitle}</h3>
      <p class="quiet">{t.versionsText}</p>
      <ul class="plain versions">
        {before.map(({ until, target, window }) => (
          <li key={until}>
            {t.versionUntil(
              instantText(until),
              formatTarget(target ?? declared.target),
              windowName(window ?? declared.window),
            )}
          </li>
        ))}
        <li>{t.versionNow(formatTarget(declared.target), windowName(declared.window))}</li>
      </ul>
    </>
  );
}
