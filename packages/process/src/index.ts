export { SproutError } from './error.ts';
export { timing } from './timing.ts';
export type { Timing } from './timing.ts';
export { accessKeySchema, accessKeysMax, isLoopback, roles } from './access-schema.ts';
export type { AccessConfig, AccessKey, OidcConfig, Role } from './access-schema.ts';
export type { AlertsConfig, AlertsInput } from './alerts-schema.ts';
export { configSchema, endpointSchema } from './config-schema.ts';
export type { Endpoint, SproutConfig } from './config-schema.ts';
export { compileConfig, defineConfig, listener } from './define-config.ts';
export type { ConfigInput } from './define-config.ts';
export { checkObjectives, problemText } from './declarations/check-objectives.ts';
export type { DeclarationProblem, Watched } from './declarations/problem.ts';
export {
  declarationFilesMax,
  declarationName,
  readDeclarations,
  removeDeclarations,
  writeDeclarations,
} from './declarations/declaration-files.ts';
export type { Declarations } from './declarations/declaration-files.ts';
export { configPath, loadConfig, saveConfig } from './config.ts';
export {
  addressOf,
  listRunFiles,
  publishRunFile,
  readRunFile,
  removeRunFile,
  waitForAddress,
} from './run-file.ts';
export type { RunFile } from './run-file.ts';
export { keptSecret, readSecret, secret, secretPath } from './secrets.ts';
export type { SecretName } from './secrets.ts';
export type { SecretSource, SloServiceConfig } from './slo-service-config.ts';
export { defaultAccess } from './market-access.ts';
export type { MarketAccess } from './market-access.ts';
export { createLogger } from './logger.ts';
export type { Logger } from './logger.ts';
export { createLifecycle, runProcess } from './lifecycle.ts';
export type { Lifecycle } from './lifecycle.ts';
export {
  HttpProblem,
  notFoundHandler,
  problemHandler,
  sendProblem,
  toProblem,
} from './problem-json.ts';
export type { Problem } from './problem-json.ts';
export { httpHealth } from './http-health.ts';
export { listen, portOf } from './http-server.ts';
export type { Listening } from './http-server.ts';
export type { Command, CommandContext } from './command.ts';
export type { ProcessContext, ProcessSpec, Tool } from './process-spec.ts';
export { startStack } from './supervisor/index.ts';
export type { ProcessStatus, Stack, StackOptions } from './supervisor/index.ts';
export { findTool, installTools, launchAlertmanager, relocateAlertmanager } from './tools/index.ts';
export {
  addGeneratedFiles,
  printFiles,
  readGeneratedFiles,
  writeGeneratedFiles,
} from './generated-files.ts';
export type { GeneratedFiles } from './generated-files.ts';
export { scrapeIntervalSecondsOf, sourceHeaders } from './metrics-source-schema.ts';
export type { MetricsSource } from './metrics-source-schema.ts';
