import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { badRequests, requests } from './rule-set.ts';
import type { RuleSet } from './rule-set.ts';
import type { Counts } from './simulate.ts';

/** What is said to fire at some minutes, for promtool to contradict. */
export interface Claim {
  readonly severity: 'page' | 'ticket';
  readonly minute: number;
  readonly fires: boolean;
}

/**
 * What promtool says against claims about the rules under some traffic; empty when it agrees.
 * It scrapes once a minute and evaluates all rules at one interval.
 */
export function contradictions(
  promtool: string,
  set: RuleSet,
  counts: Counts,
  claims: readonly Claim[],
  everyMinutes: number,
): string {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-alerts-bench-'));
  try {
    writeFileSync(join(directory, 'rules.yml'), rulesOf(set));
    writeFileSync(join(directory, 'test.yml'), testOf(set, counts, claims, everyMinutes));
    execFileSync(promtool, ['test', 'rules', 'test.yml'], { cwd: directory, stdio: 'pipe' });
    return '';
  } catch (error) {
    if (!(error instanceof Error && 'stderr' in error)) throw error;
    return String(error.stderr);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const alertGroups = ({ groups }: RuleSet) => groups.filter(({ purpose }) => purpose === 'alerts');

const rulesOf = (set: RuleSet): string =>
  stringify({ groups: alertGroups(set).map(({ name, rules }) => ({ name, rules })) });

function testOf(
  set: RuleSet,
  counts: Counts,
  claims: readonly Claim[],
  everyMinutes: number,
): string {
  const good = counts.valid.map((valid, minute) => valid - (counts.bad[minute] ?? 0));
  return stringify({
    rule_files: ['rules.yml'],
    evaluation_interval: `${everyMinutes}m`,
    group_eval_order: alertGroups(set).map(({ name }) => name),
    tests: [
      {
        interval: '1m',
        input_series: [
          { series: badRequests, values: counterText(counts.bad) },
          { series: `${requests}{outcome="good"}`, values: counterText(good) },
        ],
        promql_expr_test: claims.map(({ severity, minute, fires }) => ({
          expr: `max by () (ALERTS{alertstate="firing",alertname=~"${set.alertNames[severity].join('|')}"})`,
          eval_time: `${minute}m`,
          ...(fires && { exp_samples: [{ labels: '{}', value: 1 }] }),
        })),
      },
    ],
  });
}

/** The counter at the end of each minute, from 0. */
function counterText(increases: Float64Array): string {
  let value = 0;
  return ['0', ...Array.from(increases, (by) => String((value += by)))].join(' ');
}
