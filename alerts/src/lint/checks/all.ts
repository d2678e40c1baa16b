import type { Check } from '@sprout/lint';
import { absence } from './absence.ts';
import { annotation } from './annotation.ts';
import { comparison } from './comparison.ts';
import { conflict } from './conflict.ts';
import { dependency } from './dependency.ts';
import { duplicate } from './duplicate.ts';
import { interval } from './interval.ts';
import { label } from './label.ts';
import { link } from './link.ts';
import { name } from './name.ts';
import { ownWords } from './own-words.ts';
import { pending } from './pending.ts';
import { runbook } from './runbook.ts';
import type { RuleSubject } from './subject.ts';
import { template } from './template.ts';
import { tested } from './tested.ts';
import { valueLabel } from './value-label.ts';

/** What must not be in rules, besides what must not be in their expressions. */
export const ruleChecks: readonly Check<RuleSubject>[] = [
  annotation,
  ownWords,
  comparison,
  pending,
  absence,
  valueLabel,
  template,
  tested,
  runbook,
  duplicate,
  interval,
  name,
  label,
  conflict,
  dependency,
  link,
];
