/** Open connections of one listener; further ones are closed at once. */
export const connectionsMax = 1024;
