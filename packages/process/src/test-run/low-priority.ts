import { constants, setPriority } from 'node:os';

/** What this process starts inherits it. */
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
