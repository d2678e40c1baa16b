import type {
  DashboardModel,
  FolderModel,
  PanelModel,
  RowModel,
  VariableModel,
} from '@sprout/grafana';
import type { Vector } from '@sprout/query/typed';
import type { TargetLabel } from '@sprout/signals';
import { annotations } from '../panels/annotations.ts';
import { datasource, links } from '../panels/variables.ts';

/** A dashboard and what its variables can stand for on a running stack. */
export interface Dashboard {
  readonly model: DashboardModel;
  /**
   * A value for each variable of a row's queries, one that its panels have data for; for
   * example service `order` where only some services have a queue.
   */
  examples(row: RowModel): Readonly<Record<string, string>>;
}

/** Folders, by who looks at them. */
export const folders = {
  promises: 'sprout-promises',
  services: 'sprout-services',
  infrastructure: 'sprout-infrastructure',
  telemetry: 'sprout-telemetry',
  business: 'sprout-business',
} as const;

/** The folders as Grafana shows them. */
export const folderModels: readonly FolderModel[] = [
  { name: folders.promises, title: 'Promises' },
  { name: folders.services, title: 'Services' },
  { name: folders.infrastructure, title: 'Infrastructure' },
  { name: folders.telemetry, title: 'Telemetry' },
  { name: folders.business, title: 'Business' },
];

export interface BoardParts {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly folder: string;
  readonly tags?: readonly string[];
  readonly variables?: readonly VariableModel[];
  readonly rows: readonly RowModel[];
  readonly examples?: Readonly<Record<string, string>>;
  /** The services whose deploys and restarts are marked, as a pattern or a variable; all without. */
  readonly about?: string;
  /** Unix times at which it began, where an exporter tells them. */
  readonly began?: Vector<TargetLabel>;
}

/** A dashboard with the variables, links and marks that all have. */
export function board({ examples = {}, about, began, tags = [], ...parts }: BoardParts): Dashboard {
  const sources = new Set(
    parts.rows.flatMap(({ panels }) =>
      panels.flatMap(({ queries }) => queries.map(({ source }) => source ?? 'metrics')),
    ),
  );
  // Marks come from Prometheus, also where all panels show logs.
  const used = (['metrics', 'logs', 'traces'] as const).filter(
    (source) => source === 'metrics' || sources.has(source),
  );
  const model: DashboardModel = {
    ...parts,
    tags: ['sprout', ...tags],
    variables: [...used.map(datasource), ...(parts.variables ?? [])],
    annotations: annotations(about, began),
    links,
  };
  return { model, examples: () => examples };
}

/** A row of signals that not every stack has. */
export const rowFor = (
  signals: readonly { readonly name: string }[],
  title: string,
  ...panels: readonly PanelModel[]
): RowModel => ({ title, panels, needs: signals.map(({ name }) => name) });

export const row = (title: string, ...panels: readonly PanelModel[]): RowModel => ({
  title,
  panels,
});
