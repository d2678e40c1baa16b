import { databaseTexts } from './korean/databases.ts';
import { kubernetesTexts } from './korean/kubernetes.ts';
import { logTexts } from './korean/logs.ts';
import { machineTexts } from './korean/machine.ts';
import { serviceTexts } from './korean/services.ts';
import { telemetryTexts } from './korean/telemetry.ts';
import type { KoreanText } from './korean/text.ts';

/** Korean texts of the alerts that signals declare, by the name of the alert. */
export const koreanTexts: Readonly<Record<string, KoreanText>> = {
  ...serviceTexts,
  ...logTexts,
  ...databaseTexts,
  ...machineTexts,
  ...kubernetesTexts,
  ...telemetryTexts,
};
