export { findTool, missingTools, toolsDirectory } from './find-tool.ts';
export { installTools } from './install-tools.ts';
export type { InstallOptions } from './install-tools.ts';
export { launchAlertmanager, relocateAlertmanager } from './relocated-alertmanager.ts';
