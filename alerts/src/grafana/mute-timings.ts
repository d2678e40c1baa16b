import type { MuteTimeModel } from '@sprout/grafana';
import type { AlertsConfig } from '@sprout/process';

type MuteTime = AlertsConfig['muteTimes'][number];

/** The name of a mute timing of ours, which cannot be that of somebody else's. */
export const muteTimingOf = ({ name }: MuteTime): string => `sprout-${name}`;

/** The mute timings of a configuration. */
export const muteTimings = ({ muteTimes }: Pick<AlertsConfig, 'muteTimes'>): MuteTimeModel[] =>
  muteTimes.map((mute) => ({ ...mute, name: muteTimingOf(mute) }));
