import { fileURLToPath } from 'node:url';
import type { ProcessSpec } from '@sprout/process';

/** The fault proxies and the steady traffic. */
export function loadProcesses(): ProcessSpec[] {
  return [
    nodeProcess('faults', './faults-main.ts', []),
    nodeProcess('load', './main.ts', ['gateway']),
  ];
}

function nodeProcess(name: string, entry: string, after: readonly string[]): ProcessSpec {
  return {
    name,
    tools: [],
    after,
    command: () => ({
      file: process.execPath,
      args: [fileURLToPath(new URL(entry, import.meta.url))],
    }),
    health: async (addresses) => {
      const response = await fetch(`${addresses['http']}/readyz`);
      return response.ok ? undefined : `answers ${response.status}`;
    },
  };
}
