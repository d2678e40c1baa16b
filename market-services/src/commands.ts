export { loadCommands as marketCommands } from '../load/src/commands.ts';
