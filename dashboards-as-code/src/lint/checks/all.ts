import type { Check } from '@sprout/lint';
import { alertPanel } from './alert-panel.ts';
import { annotation } from './annotation.ts';
import { datasource } from './datasource.ts';
import { editable } from './editable.ts';
import { legend } from './legend.ts';
import { legendTells } from './legend-tells.ts';
import { link } from './link.ts';
import { logql } from './logql.ts';
import { logqlAuto } from './logql-auto.ts';
import { noValue } from './no-value.ts';
import { overlap } from './overlap.ts';
import { rateInterval } from './rate-interval.ts';
import { refresh } from './refresh.ts';
import { signalUsed } from './signal-used.ts';
import type { BoardSubject } from './subject.ts';
import { targets } from './targets.ts';
import { thresholds } from './thresholds.ts';
import { title } from './title.ts';
import { unique } from './unique.ts';
import { unit } from './unit.ts';
import { variableUnknown } from './variable-unknown.ts';
import { variableUnused } from './variable-unused.ts';
import { variableValues } from './variable-values.ts';

/** What must not be in dashboards, besides what must not be in their queries. */
export const boardChecks: readonly Check<BoardSubject>[] = [
  title,
  targets,
  unique,
  overlap,
  editable,
  unit,
  legend,
  legendTells,
  rateInterval,
  logql,
  logqlAuto,
  datasource,
  noValue,
  thresholds,
  variableUnknown,
  variableUnused,
  variableValues,
  refresh,
  link,
  annotation,
  signalUsed,
  alertPanel,
];
