import { relative } from 'node:path';
import { formatRatio } from '@sprout/objectives/figure';
import { pssBytes } from '../supervisor/memory.ts';
import type { BroughtUp } from './bring-up.ts';

/** The last lines of `up`: what runs, where to look, one thing to try. */
export function summary({ config, stack, verdict, elapsedSeconds }: BroughtUp): string[] {
  const processes = stack.status();
  const bytes = processes.reduce((sum, { pid }) => sum + ((pid && pssBytes(pid)) || 0), 0);
  const address = (name: string, listener = 'http') =>
    processes.find((status) => status.name === name)?.addresses[listener];
  const rows: [string, string | undefined][] = [
    ['Console', address('slo-service')],
    ['Market', market(address('gateway'))],
    ['Telemetry', telemetry(address)],
    ['APIs', apis(address('prometheus'), address('alertmanager'))],
    ['Objectives', verdictText(verdict)],
    ['Try', processes.some(({ name }) => name === 'faults') ? tryIt : undefined],
  ];
  return [
    `sprout is up: ${processes.length} processes in ${Math.round(elapsedSeconds)} s, ` +
      `${Math.round(bytes / 1e6)} MB; data in ${relative(process.cwd(), config.dataDir) || '.'}`,
    ...rows.flatMap(([label, text]) =>
      text === undefined ? [] : [`  ${label.padEnd(11)} ${text}`],
    ),
  ];
}

const tryIt = './sprout fault start product-db-slow   (then watch the console)';

/** The shop has no pages; this is what anybody may read of it. */
const market = (gateway: string | undefined) => gateway && `${gateway}/product/products`;

/** Debian's packages have hardly any pages; the console shows what they know. */
function apis(prometheus: string | undefined, alertmanager: string | undefined) {
  const named = [
    prometheus && `${prometheus} Prometheus`,
    alertmanager && `${alertmanager} Alertmanager`,
  ];
  const there = named.filter((one) => one !== undefined);
  return there.length === 0 ? undefined : there.join(' · ');
}

function telemetry(address: (name: string, listener?: string) => string | undefined) {
  const http = address('collector');
  if (http === undefined) return undefined;
  return `${http} OTLP and Loki push · ${address('collector', 'zipkin')} Zipkin · ${address('collector', 'query')} queries`;
}

function verdictText(verdict: BroughtUp['verdict']): string | undefined {
  if (verdict === 'none') return undefined;
  if (verdict === 'late') return 'none has a verdict yet; ./sprout status and the console show why';
  const left = verdict.leftFraction;
  const budget =
    left === null ? '' : `, ${formatRatio(left).replace('\u00a0', ' ')} of its budget left`;
  return `${verdict.id} is ${verdict.verdict.replace('_', ' ')}${budget}`;
}
