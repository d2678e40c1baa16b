import type { PanelModel } from '@sprout/grafana/model';
import { useEffect } from 'preact/hooks';
import { useResource } from '../../api/resource.ts';
import { urls } from '../../api/urls.ts';
import { texts } from '../../i18n/language.ts';
import { LogList } from '../../logs/log-list.tsx';
import { readLogs } from '../../logs/loki.ts';
import type { LokiAnswer } from '../../logs/loki.ts';
import { FailureNotice } from '../../widget/notice.tsx';
import type { BoardState } from '../board-state.ts';
import { Absent, gridRowPixels } from '../panel.tsx';
import { filledQueries } from '../use-frame.ts';
import '../../logs/logs.css';

const linesMax = 100;
const headPixels = 70;

interface ListProps {
  readonly panel: PanelModel;
  readonly state: BoardState;
  readonly seen: boolean;
  readonly onEmpty: (isEmpty: boolean) => void;
}

/** The newest lines of a LogQL query. */
export function PanelLogs({ panel, state, seen, onEmpty }: ListProps) {
  const [query = ''] = filledQueries(panel, state);
  const answer = useResource<LokiAnswer>(
    seen ? urls.logs(query, state.interval, linesMax) : null,
    0,
  );
  const lines = answer.data && readLogs(answer.data);
  useEffect(() => {
    if (lines) onEmpty(lines.length === 0);
  }, [answer.data]);
  const height = `${panel.height * gridRowPixels - headPixels}px`;
  return (
    <>
      <FailureNotice of={answer} what={texts().whatPanel} />
      {lines && lines.length > 0 ? (
        <div
          class="panel-list"
          tabIndex={0}
          role="group"
          aria-label={panel.title}
          style={{ maxHeight: height }}
        >
          <LogList lines={lines} />
        </div>
      ) : (
        <Absent panel={panel} seen={seen} known={!!lines} failed={!!answer.failure} />
      )}
    </>
  );
}
