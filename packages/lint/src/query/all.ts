import type { Check } from '../check.ts';
import { aggregate } from './aggregate.ts';
import { cost } from './cost.ts';
import { counter } from './counter.ts';
import { features } from './features.ts';
import { fragile } from './fragile.ts';
import { impossible } from './impossible.ts';
import { le } from './le.ts';
import { nan } from './nan.ts';
import { offset } from './offset.ts';
import type { QuerySubject } from './query-check.ts';
import { rate } from './rate.ts';
import { regexp } from './regexp.ts';
import { retention } from './retention.ts';
import { selector } from './selector.ts';
import { series } from './series.ts';
import { syntax } from './syntax.ts';
import { vectorMatching } from './vector-matching.ts';
import { rateWindow } from './window.ts';
import { zero } from './zero.ts';

/** What must not be in any expression, of a rule or of a panel. */
export const queryChecks: readonly Check<QuerySubject>[] = [
  syntax,
  series,
  counter,
  rate,
  aggregate,
  le,
  vectorMatching,
  regexp,
  selector,
  impossible,
  fragile,
  nan,
  offset,
  rateWindow,
  retention,
  features,
  zero,
  cost,
];
