import { mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { SproutError, addressOf, listener } from '@sprout/process';
import type { Command, CommandContext, SproutConfig } from '@sprout/process';
import { dashboards } from '../dashboards/all.ts';
import { rebuild } from './rebuild.ts';

/** `sprout dashboards preview`: the console draws the models; each change of a source shows. */
export const previewCommand: Command = {
  name: ['dashboards', 'preview'],
  summary: 'Show dashboards in the console, and follow every change of their sources',
  arguments: '[SLUG]',
  options: { once: { type: 'boolean' } },
  optionHelp: { once: 'build the models and stop' },
  examples: [
    './sprout dashboards preview            # all of them; Ctrl-C stops it',
    './sprout dashboards preview gateway    # one',
  ],
  noJson: 'it runs until it is stopped; ./sprout dashboards list --json lists the boards',
  run: preview,
};

async function preview(context: CommandContext): Promise<number> {
  const config = context.config();
  const directory = config.dashboardsDir;
  if (directory === undefined) {
    throw new SproutError('DASHBOARDS_DIR_MISSING', 'the configuration names no dashboardsDir', {
      hint: "set dashboardsDir: 'dashboards-as-code/_generated/models' in sprout.config.ts",
    });
  }
  const [slug] = context.positionals;
  refuseUnknown(config, slug);
  mkdirSync(directory, { recursive: true });
  const build = async () => {
    const startMs = performance.now();
    const rebuilt = await rebuild(directory);
    if ('failure' in rebuilt) return void context.warn(rebuilt.failure);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    if (rebuilt.changed.length > 0) context.print(`${rebuilt.changed.join(', ')} (${seconds} s)`);
  };
  await build();
  if (context.values['once'] === true) return 0;
  const address = addressOf(config, listener('slo-service'));
  if (address === undefined) context.warn('slo-service does not run: ./sprout up --detach');
  else context.print(`${address}/dashboards${pathOf(slug)}?live=1`);
  const stop = followSources(build);
  await new Promise<void>((done) => process.once('SIGINT', done).once('SIGTERM', done));
  stop();
  return 0;
}

function refuseUnknown(config: SproutConfig, slug: string | undefined): void {
  if (slug === undefined) return;
  if (dashboards(config).some(({ model }) => model.slug === slug)) return;
  throw new SproutError('DASHBOARD_UNKNOWN', `there is no dashboard ${slug}`, {
    hint: './sprout dashboards list lists what there is',
  });
}

const pathOf = (slug: string | undefined): string => (slug === undefined ? '' : `/${slug}`);

/** Where boards, signals and promises are written down. */
const sources = [
  'sprout.config.ts',
  'dashboards-as-code/src',
  'packages/signals/src',
  'packages/objectives/src',
  'market-services',
];

const projectRoot = join(import.meta.dirname, '../../..');
const quietMs = 30;

/** Calls `build` after each change of a source; changes while it runs lead to one more call. */
export function followSources(build: () => Promise<void>, paths = sources): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let again = false;
  const start = async () => {
    if (running) return void (again = true);
    running = true;
    await build();
    running = false;
    if (!again) return;
    again = false;
    void start();
  };
  const watchers = paths.map((path) =>
    watch(join(projectRoot, path), { recursive: true }, (_event, name) => {
      if (name !== null && /(\.test\.ts|node_modules)/.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void start(), quietMs);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
