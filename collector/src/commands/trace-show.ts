import { SproutError } from '@sprout/process';
import type { Command } from '@sprout/process';
import { tracesFromJson } from '@sprout/wire';
import { fetchJson, queryUrl } from './query-client.ts';
import { traceTree } from './trace-tree.ts';

export const traceShowCommand: Command = {
  name: ['trace', 'show'],
  summary: 'Show a trace as a tree with times.',
  arguments: 'ID',
  examples: [
    './sprout trace show 4bf92f3577b34da6a3ce929d0e0e4736   # ids are in logs, exemplars and the console',
    './sprout trace show 4bf92f35… --json                    # OTLP/JSON, for programs',
  ],
  run: async ({ values, positionals, config, print }) => {
    const id = positionals[0] ?? '';
    const answer = await fetchJson(
      queryUrl(config(), `/tempo/api/v2/traces/${encodeURIComponent(id)}`),
    );
    const { trace } = answer as { readonly trace: object };
    const spans = tracesFromJson('resourceSpans' in trace ? trace : { resourceSpans: [] });
    if (spans.length === 0) {
      throw new SproutError('TRACE_UNKNOWN', `there is no trace ${id}`, {
        hint: 'a trace can be found two seconds after it was sent, and until retention removes it',
      });
    }
    if (values['json'] === true) print(JSON.stringify(trace));
    else for (const line of traceTree(spans, { color: process.stdout.isTTY })) print(line);
    return 0;
  },
};
