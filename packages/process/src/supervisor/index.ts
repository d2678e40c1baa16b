export { startStack } from './stack.ts';
export type { Stack, StackOptions } from './stack.ts';
export type { ProcessState, ProcessStatus, StackState } from './process-status.ts';
export type { RestartPolicy } from './restart-policy.ts';
export { instanceIdentities, processIdentity, runningStack } from './stack-state.ts';
export { pssBytes } from './memory.ts';
export { isAlive, signalGroup } from './process-identity.ts';
export type { ProcessIdentity } from './process-identity.ts';
export { selectSpecs } from './dependency-order.ts';
