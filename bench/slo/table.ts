import { round } from '../shop/cost.ts';
import type { Cost } from '../shop/cost.ts';
import type { SloCosts } from './main.ts';

/** One table of everything that was measured, as the README shows it. */
export function tableOf({ reading, api, metering, peers, size }: SloCosts): string {
  const { objectives } = size;
  const rows = [
    row('a minute of metering', metering.cpuMs, `slowest tick ${metering.slowestTickMs}`, '2000'),
    costRow('all budgets × 8 windows, first after a start', reading.first, '1000'),
    costRow('all budgets × 8 windows, a minute later', reading.again, '1000'),
    costRow('a list of statuses by HTTP, all worked out', api.list),
    ...Object.entries(api.budgets).map(([of, { firstMs, p50Ms, p95Ms, cpuMs }]) =>
      row(
        `a 30-day budget by HTTP, ${of}`,
        cpuMs,
        `first ${firstMs}, p50 ${p50Ms}, p95 ${p95Ms}`,
        '5 elapsed',
      ),
    ),
    costRow('start of the service', api.start),
  ];
  const each = (cpuMs: number) => round(cpuMs / objectives);
  const ours = each(metering.cpuMs + metering.prometheusCpuMs + reading.again.cpuMs);
  const theirs = peers.map(
    ({ name, rulesEach, cpuMsEach, wallMsEach, cpuMsPerMinuteEach }) =>
      `| ${name}, ${rulesEach} rules | ${cpuMsEach} | ${wallMsEach} | ${cpuMsPerMinuteEach} | × ${round(cpuMsPerMinuteEach / ours)} |`,
  );
  return [
    `${objectives} objectives × ${size.seriesEach} series, ${size.days} days, ledger of ${size.ledgerMb} MB`,
    '',
    '| | ms of CPU | ms elapsed | aim, ms at most |',
    '|---|---|---|---|',
    ...rows,
    '',
    `A minute of metering: ${metering.queries} queries, ${metering.samples} samples, ` +
      `${metering.prometheusCpuMs} ms CPU of Prometheus, off by ${metering.errorMax.toExponential(1)}.`,
    `A budget, µs of CPU by window: ${list(reading.cpuUsByWindow)}.`,
    `Resident memory: ${metering.residentMb} MB while metering, ${api.residentMb} MB while answering.`,
    '',
    `| per objective, ${size.peers.days} days scraped every ${size.peers.scrapeSeconds} s | ` +
      'ms of CPU, once | ms elapsed, once | ms of CPU a minute | against Sprout |',
    '|---|---|---|---|---|',
    `| Sprout: metering, Prometheus' answers to it, eight budgets | | | ${ours} | |`,
    ...theirs,
  ].join('\n');
}

const costRow = (what: string, { cpuMs, wallMs }: Cost, aim = '') =>
  row(what, cpuMs, String(wallMs), aim);

const row = (what: string, cpuMs: number, elapsed: string, aim: string) =>
  `| ${what} | ${cpuMs} | ${elapsed} | ${aim} |`;

const list = (figures: Readonly<Record<string, number>>) =>
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
