/** A time in which alerts wait, on the clock of a zone. */
export interface MuteTimeModel {
  readonly name: string;
  readonly zone: string;
  readonly weekdays?: readonly string[] | undefined;
  readonly times?: readonly { readonly from: string; readonly to: string }[] | undefined;
}

/** A mute time as Alertmanager and both APIs of Grafana take it; the SDK's shape is another. */
export function timeInterval({ name, zone, weekdays, times }: MuteTimeModel) {
  return {
    name,
    time_intervals: [
      {
        ...(times !== undefined && {
          times: times.map(({ from, to }) => ({ start_time: from, end_time: to })),
        }),
        ...(weekdays !== undefined && { weekdays }),
        location: zone,
      },
    ],
  };
}
