import type { RowModel } from '@sprout/grafana/model';
import { useMemo, useState } from 'preact/hooks';
import { texts } from '../i18n/language.ts';
import type { BoardState } from './board-state.ts';
import { Panel } from './panel.tsx';

/** A titled row of panels in 24 columns; where its model says so, it folds while all are empty. */
export function Row(props: {
  readonly row: RowModel;
  readonly index: number;
  readonly state: BoardState;
}) {
  const { row, index, state } = props;
  const [empty, setEmpty] = useState<ReadonlySet<number>>(new Set());
  const [shown, setShown] = useState(false);
  const onEmpty = useMemo(
    () => (panel: number, isEmpty: boolean) =>
      setEmpty((before) => {
        if (before.has(panel) === isEmpty) return before;
        return new Set(isEmpty ? [...before, panel] : [...before].filter((one) => one !== panel));
      }),
    [],
  );
  const folds = row.onlyWithData === true && empty.size === row.panels.length && !shown;
  const id = `row-${index}`;
  return (
    <section class="board-row" aria-labelledby={id}>
      <h2 id={id}>{row.title}</h2>
      {folds ? (
        <p class="quiet board-folded">
          {texts().rowEmpty}{' '}
          <button type="button" class="disclosure" onClick={() => setShown(true)}>
            {texts().rowShow}
          </button>
        </p>
      ) : (
        <div class="panels">
          {row.panels.map((panel, at) => (
            <Panel
              key={`${at} ${panel.title}`}
              id={`${index}-${at}`}
              panel={panel}
              state={state}
              onEmpty={(isEmpty) => onEmpty(at, isEmpty)}
            />
          ))}
        </div>
      )}
    </section>
  );
}
