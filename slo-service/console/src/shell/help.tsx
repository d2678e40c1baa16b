import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../i18n/language.ts';
import { helpOpen } from './shortcuts.ts';

/** The keys, over the page. A modal dialog: the browser keeps the focus inside and gives it back. */
export function Help() {
  const t = texts();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const keys: readonly (readonly [readonly string[], string])[] = [
    [['/'], t.keySearch],
    [['j'], t.keyNext],
    [['k'], t.keyPrevious],
    [['Enter'], t.keyOpen],
    [['['], t.keyEarlier],
    [[']'], t.keyLater],
    [['t'], t.keyClock],
    [['1'], t.keyGoNow],
    [['2'], t.keyGoTimeline],
    [['3'], t.keyGoReports],
    [['4'], t.keyGoExclusions],
    [['5'], t.keyGoLogs],
    [['6'], t.keyGoDashboards],
    [['Esc'], t.keyClose],
    [['?'], t.keyHelp],
  ];
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={() => (helpOpen.value = false)}
    >
      <h2 id="help-title">{t.keysTitle}</h2>
      <dl class="keys">
        {keys.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button" onClick={() => (helpOpen.value = false)}>
        {t.close}
      </button>
    </dialog>
  );
}
