import { httpHealth } from '@sprout/process';
import type { ProcessContext, ProcessSpec, Tool } from '@sprout/process';

/** What one exporter does differently from the others. */
export interface ExporterParts {
  readonly name: string;
  readonly tool: Tool;
  readonly after?: readonly string[];
  prepare?(context: ProcessContext): Promise<void>;
  /** Arguments without the address to listen on. */
  args(context: ProcessContext): readonly string[];
}

/** They hold a few hundred series each; Go would let their heaps double for nothing. */
const smallHeap = { GOMEMLIMIT: '24MiB', GOGC: '50', GOMAXPROCS: '1' };

/** An exporter of Debian's: unpacked, on loopback, passwords in files that only we can read. */
export function exporter({ name, tool, after = [], prepare, args }: ExporterParts): ProcessSpec {
  return {
    name,
    tools: [tool],
    after,
    addresses: ({ config, port }) => ({ http: `http://${config.host}:${port()}` }),
    ...(prepare === undefined ? {} : { prepare }),
    command: (context) => ({
      file: context.tool(tool),
      args: [`--web.listen-address=${context.config.host}:${context.port()}`, ...args(context)],
      env: smallHeap,
    }),
    // Its first page says that it runs; what it exports may be down without its fault.
    health: httpHealth('/'),
  };
}
