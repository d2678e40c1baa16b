import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';

/** What a bench gets to know about how it is run. */
export interface BenchOptions {
  /** Print one JSON document on stdout; progress goes to stderr either way. */
  readonly json: boolean;
}

/** `bench/<name>/main.ts` exports this as `run`. */
export type Bench = (options: BenchOptions) => Promise<void>;

const here = fileURLToPath(new URL('.', import.meta.url));
// Benches end their child processes when this one exits.
process.once('SIGTERM', () => process.exit(143)).once('SIGINT', () => process.exit(130));
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const [name] = args.filter((arg) => !arg.startsWith('-'));
  const names = benchNames();
  const asksForHelp = args.includes('--help') || args.includes('-h');
  if (asksForHelp || name === undefined) {
    console.log(`usage: npm run bench -- <name> [--json]\n\n${names.join('\n')}`);
    return asksForHelp ? 0 : 2;
  }
  if (!names.includes(name)) {
    console.error(`there is no bench called ${name}; there are: ${names.join(', ')}`);
    return 2;
  }
  const { run } = (await import(pathToFileURL(mainOf(name)).href)) as { run: Bench };
  await run({ json: args.includes('--json') });
  return 0;
}

function benchNames(): string[] {
  return readdirSync(here).filter((entry) => existsSync(mainOf(entry)));
}

function mainOf(name: string): string {
  return join(here, name, 'main.ts');
}
