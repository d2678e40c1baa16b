import type { ProcessSpec } from '@sprout/process';
import { exporter } from './exporter.ts';

/** What the catalogue of the machine reads, and no more. */
const collectors = [
  'conntrack',
  'cpu',
  'diskstats',
  'filefd',
  'filesystem',
  'loadavg',
  'meminfo',
  'netdev',
  'netstat',
  'pressure',
  'sockstat',
  'stat',
  'time',
  'timex',
  'uname',
  'vmstat',
];

/** What the kernel says about the machine. */
export function nodeExporter(): ProcessSpec {
  return exporter({
    name: 'node-exporter',
    tool: 'node-exporter',
    args: () => [
      '--collector.disable-defaults',
      ...collectors.map((name) => `--collector.${name}`),
      '--web.disable-exporter-metrics',
      // Loopback is where everything of one machine talks.
      '--collector.netdev.device-exclude=^$',
      '--log.format=json',
      '--log.level=warn',
    ],
  });
}
