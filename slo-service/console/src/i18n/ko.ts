import type { Dictionary } from './dictionary.ts';
import { shellTexts } from './ko/shell.ts';
import { nowTexts } from './ko/now.ts';
import { objectiveTexts } from './ko/objective.ts';
import { alertTexts } from './ko/alert.ts';
import { dashboardTexts } from './ko/dashboard.ts';
import { recordTexts } from './ko/record.ts';

/** Every text of the console in Korean. */
export const ko: Dictionary = {
  ...shellTexts,
  ...nowTexts,
  ...objectiveTexts,
  ...alertTexts,
  ...recordTexts,
  ...dashboardTexts,
};
