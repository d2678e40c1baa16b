import { SproutError } from '@sprout/process';
import type { CommandContext, SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import { alertsIn } from '../rule/rule.ts';
import type { AlertRule } from '../rule/rule.ts';
import { fillAll } from '../unit-tests/template.ts';

/** What stands in place of what only a firing alert knows. */
const exampleValue = 12.3;

/** Prints alerts of a name, or one of each name, as the people who get them read them. */
export async function preview(context: CommandContext): Promise<number> {
  const [name] = context.positionals;
  const found = previewed(context.config(), name);
  if (context.values['json'] === true) context.print(JSON.stringify(found));
  else for (const one of found) for (const line of linesOf(one)) context.print(line);
  return 0;
}

/** The texts of alerts with examples filled in. Throws SproutError `ALERT_UNKNOWN`. */
export function previewed(config: SproutConfig, name?: string) {
  const byName = Map.groupBy(alertsIn(buildRules(config)), ({ alert }) => alert);
  const chosen =
    name === undefined ? [...byName.values()].map(([first]) => first) : byName.get(name);
  if (chosen === undefined) {
    throw new SproutError('ALERT_UNKNOWN', `there is no alert ${name}`, {
      hint: './sprout alerts preview lists one of each name',
    });
  }
  return chosen.flatMap((rule) => (rule === undefined ? [] : filledIn(rule)));
}

function filledIn({ alert, labels, annotations, expr }: AlertRule) {
  const named = [...JSON.stringify([labels, annotations]).matchAll(/\$labels\.(\w+)/g)];
  const examples = Object.fromEntries(named.map(([, label = '']) => [label, `<${label}>`]));
  return {
    alert,
    labels: fillAll(labels, examples, exampleValue),
    annotations: fillAll(annotations, examples, exampleValue),
    expr: expr.text,
  };
}

function linesOf({ alert, labels, annotations }: ReturnType<typeof filledIn>): string[] {
  const pairs = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([key, text]) => `  ${key.padEnd(14)}${text}`);
  return [`${alert}  ${labels['severity'] ?? ''}`, ...pairs(annotations), ''];
}
