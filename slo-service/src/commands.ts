import type { Command } from '@sprout/process';
import { annotateCommand } from './commands/annotate.ts';
import { annotationsCommand } from './commands/annotations.ts';
import { budgetCommand } from './commands/budget.ts';
import { excludeCommand } from './commands/exclude.ts';
import { exclusionsCommand } from './commands/exclusions.ts';
import { explainCommand } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { gateCommand } from './commands/gate.ts';
import { groupsCommand } from './commands/groups.ts';
import { importCommand } from './commands/import.ts';
import { incidentsCommand } from './commands/incidents.ts';
import { keyCommands } from './commands/key.ts';
import { listCommand } from './commands/list.ts';
import { pagesCommand } from './commands/pages.ts';
import { policiesCommand } from './commands/policies.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run-service.ts';
import { spentByCommand } from './commands/spent-by.ts';
import { statusCommand } from './commands/status.ts';
import { validateCommand } from './commands/validate.ts';
import { versionsCommand } from './commands/versions.ts';
import { whatIfCommand } from './commands/what-if.ts';

/** What the SLO service adds to the command line. */
export const sloCommands: Command[] = [
  runCommand,
  listCommand,
  statusCommand,
  budgetCommand,
  groupsCommand,
  versionsCommand,
  pagesCommand,
  excludeCommand,
  exclusionsCommand,
  annotateCommand,
  annotationsCommand,
  incidentsCommand,
  spentByCommand,
  gateCommand,
  policiesCommand,
  whatIfCommand,
  reportCommand,
  explainCommand,
  exportCommand,
  importCommand,
  validateCommand,
  ...keyCommands,
];
