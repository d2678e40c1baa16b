import type { Scorecard } from './run-scorecard.ts';
import { scoreTable } from './table.ts';

/** `docs/scorecard.md`: what the faults of a run raised. */
export function scorecardPage(card: Scorecard, at: Date, quiet: string): string {
  const good = card.scores.filter(({ ok }) => ok).length;
  const scales = [...new Set(card.scores.map(({ timeScale }) => timeScale))].join(' or ');
  return `# Scorecard

What each fault raises on a warm stack: \`npm run scorecard -- --write\` starts whole stacks, lets
each have an hour of good history, injects the faults one after another, and writes this page.
Time runs ${scales} times as fast there; behind the seconds of the clock stands what they are at
full length. Run on ${at.toISOString().slice(0, 10)}: ${good} of ${card.scores.length} as they should be; ${quiet}.

${scoreTable(card.scores)}

- **expected**: a *page* calls somebody, because users feel the fault; a *ticket* tells, because
  they do not yet; *silence* is the heartbeat that stops when the engine itself is gone, which only
  a dead man's switch outside of it can tell (\`alerts.deadMansSwitch\`).
- **budget spent**: what was lost until the alert and its details had arrived, as a part of what
  30 days of this traffic allow, of the user-facing objective that lost most.
- **cleared after**: from the end of the fault until the alert was resolved. The breaker's 20 s and
  restarts take real seconds, which the clock does not compress, so the minutes are too many there.
- **beside it**: tickets and hints that came too. They call nobody; a page of the same group keeps
  them back while it fires.
- **dashboard**: the page or board the alert leads to has data on what the alert looks at.
  **trace**: its example trace is in the store; alerts on single signals have none.
`;
}
