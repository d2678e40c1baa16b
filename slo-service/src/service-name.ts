/** The name of this process: in the configuration, its run file, its log and its telemetry. */
export const serviceName = 'slo-service';
