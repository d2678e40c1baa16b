import type { DashboardModel, RowModel } from '@sprout/grafana';

/** A dashboard and what its variables can stand for on a running stack. */
export interface Dashboard {
  readonly model: DashboardModel;
  /**
   * A value for each variable of a row's queries, one that its panels have data for; for
   * example service `order` where only some services have a queue.
   */
  examples(row: RowModel): Readonly<Record<string, string>>;
}
