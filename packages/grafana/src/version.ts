/**
 * The Grafana that panels are written for. Left empty, Grafana migrates them as if they came
 * from its oldest version and loses settings.
 */
export const panelVersion = '13.0.0';
