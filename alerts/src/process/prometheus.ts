import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, httpHealth, timing } from '@sprout/process';
import type { ProcessContext, ProcessSpec, SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { buildRules } from '../build-rules.ts';
import { printRules, printYaml } from '../rule/print.ts';
import { alertmanagerTargetsFile, writeAlertmanagerTargets } from './alertmanager-targets.ts';

/** Longer than the longest promise, so that a 30-day window can always be read again. */
const retention = '32d';
/** Samples that the collector had to queue may come this late. */
const outOfOrderWindow = '10m';
const exemplarsMax = 20_000;
/** Go's collector starts to work hard here instead of letting the heap double. */
const memoryGoal = '256MiB';

/** The metrics engine: takes remote write, evaluates the rules, calls Alertmanager. */
export function prometheusProcess(): ProcessSpec {
  return {
    name: 'prometheus',
    tools: ['prometheus', 'promtool'],
    after: [],
    addresses: ({ config, port }) => ({ http: `http://${config.host}:${port()}` }),
    prepare: async (context) => prepare(context),
    command: ({ config, tool, port, directory }) => ({
      file: tool('prometheus'),
      args: [
        `--config.file=${join(directory, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--storage.tsdb.retention.time=${retention}`,
        `--web.listen-address=${config.host}:${port()}`,
        '--web.enable-remote-write-receiver',
        '--web.enable-lifecycle',
        '--enable-feature=exemplar-storage',
        `--rules.alert.resend-delay=${formatDuration(resendSeconds(config.timeScale))}`,
        '--log.format=json',
      ],
      env: { GOMEMLIMIT: memoryGoal, GOGC: '60' },
    }),
    health: httpHealth('/-/ready'),
  };
}

/**
 * How often a firing alert is told to Alertmanager again, which forgets it after four times that
 * long: a minute, compressed only as far as a busy machine still keeps up.
 */
function resendSeconds(timeScale: number): number {
  return Math.max(5, timing(timeScale).scaled(60));
}

function prepare({ config, directory }: ProcessContext): void {
  writeFileSync(join(directory, 'rules.yml'), printRules(buildRules(config)));
  writeFileSync(join(directory, 'prometheus.yml'), prometheusConfig(config));
  writeAlertmanagerTargets(config, addressOf(config, config.telemetry.alertmanager));
}

/** No scrape jobs: the collector scrapes and writes. */
function prometheusConfig(config: SproutConfig): string {
  const { scrapeIntervalMs, evaluationIntervalMs } = timing(config.timeScale);
  return printYaml({
    global: {
      scrape_interval: formatDuration(scrapeIntervalMs / 1000),
      evaluation_interval: formatDuration(evaluationIntervalMs / 1000),
      scrape_timeout: formatDuration(scrapeIntervalMs / 1000),
    },
    rule_files: ['rules.yml'],
    alerting: {
      alertmanagers: [
        {
          file_sd_configs: [{ files: [alertmanagerTargetsFile(config)], refresh_interval: '5s' }],
        },
      ],
    },
    storage: {
      tsdb: { out_of_order_time_window: outOfOrderWindow },
      exemplars: { max_exemplars: exemplarsMax },
    },
  });
}
