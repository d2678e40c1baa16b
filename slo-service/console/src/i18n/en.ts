import { shellTexts } from './en/shell.ts';
import { nowTexts } from './en/now.ts';
import { objectiveTexts } from './en/objective.ts';
import { alertTexts } from './en/alert.ts';
import { dashboardTexts } from './en/dashboard.ts';
import { recordTexts } from './en/record.ts';

/** Every text of the console in English; its keys are the contract of all other languages. */
export const en = {
  ...shellTexts,
  ...nowTexts,
  ...objectiveTexts,
  ...alertTexts,
  ...recordTexts,
  ...dashboardTexts,
};
