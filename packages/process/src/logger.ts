import winston from 'winston';

/** One JSON line per event on stderr, with OpenTelemetry attribute names. */
export type Logger = winston.Logger;

/** A logger for a process of the platform; services use packages/instrumentation's. */
export function createLogger(service: string): Logger {
  return winston.createLogger({
    level: process.env['SPROUT_LOG_LEVEL'] ?? 'info',
    defaultMeta: { 'service.name': service },
    format: winston.format.combine(
      winston.format.timestamp(),
      winston.format.errors({ stack: true }),
      winston.format.json(),
    ),
    transports: [new winston.transports.Stream({ stream: process.stderr })],
  });
}
