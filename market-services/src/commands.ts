import { loadCommands } from '../load/src/commands.ts';
import { queueCommands } from './queue-commands.ts';

/** `sprout load`, `sprout fault …` and `sprout queue …`. */
export const marketCommands = [...loadCommands, ...queueCommands];
