/**
 * Arrow keys, Home and End move the focus among the `data-rove` elements of a strip, so that a
 * strip of many cells is one stop of the Tab key. Put it on the strip as `onKeyDown`.
 */
export function followArrows(event: KeyboardEvent): void {
  const strip = event.currentTarget;
  if (!(strip instanceof HTMLElement)) return;
  const cells = [...strip.querySelectorAll<HTMLElement>('[data-rove]')];
  const at = cells.indexOf(document.activeElement as HTMLElement);
  const next = nextCell(event.key, at, cells.length);
  const cell = next === undefined ? undefined : cells[next];
  if (at === -1 || !cell) return;
  event.preventDefault();
  for (const one of cells) one.tabIndex = one === cell ? 0 : -1;
  cell.focus();
}

/** Exported for its test: where a key leads from a cell; undefined when it leads nowhere. */
export function nextCell(key: string, at: number, count: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
  return step === undefined ? undefined : Math.max(0, Math.min(count - 1, at + step));
}
