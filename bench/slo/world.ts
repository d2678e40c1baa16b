import { join } from 'node:path';
import { all, availability, objective, rolling, timeSlice } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import { compileConfig } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { counter, noPanel } from '@sprout/signals';

/** Windows that every objective is read over. */
export const windows = ['1h', '6h', '1d', '3d', '7d', '28d', '30d', '90d'];

/** Where the service of a data directory keeps its ledger. */
export const ledgerPath = (dataDir: string): string =>
  join(dataDir, 'slo-service', 'ledger.sqlite');

/** Event objectives `event-0` …, one of time slices and a composite of three. */
export function configOf(count: number, dataDir: string): SproutConfig {
  const requests = counter('requests_total', {
    help: 'Requests.',
    owner: 'shop',
    labels: { outcome: ['ok', 'failed'] },
    panel: noPanel(),
    noAlert: 'a bench',
  });
  const events = availability(requests.where({}), { bad: requests.where({ outcome: 'failed' }) });
  const options = { owner: 'shop', target: 0.99, window: rolling('30d'), alerts: false };
  const plain = Array.from({ length: count }, (_, index) =>
    objective(`event-${index}`, { ...options, sli: events }),
  );
  const slice = objective('slice', {
    ...options,
    sli: timeSlice(events, { goodRatioMin: 0.95, slice: '5m' }),
  });
  const members: readonly Objective[] = [...plain.slice(0, 2), slice];
  const composite = objective('composite', { ...options, sli: all(members) });
  return compileConfig(
    {
      dataDir,
      ports: { 'slo-service': 0 },
      telemetry: { prometheus: { url: 'http://127.0.0.1:1' } },
      services: [{ name: 'shop', endpoint: { url: 'http://127.0.0.1:1' } }],
      signals: [requests],
      objectives: [...plain, slice, composite],
    },
    dataDir,
  );
}
