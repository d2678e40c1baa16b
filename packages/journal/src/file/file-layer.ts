/** A file that is open for reading and writing at any offset. */
export interface OpenFile {
  /** Writes all bytes at the offset, or rejects. */
  write(bytes: Uint8Array, offset: number): Promise<void>;
  /** Reads up to `length` bytes; fewer at the end of the file. */
  read(length: number, offset: number): Promise<Buffer>;
  size(): Promise<number>;
  /** Milliseconds since 1970. */
  modifiedMs(): Promise<number>;
  /** Resolves when content and length are on disk. */
  fdatasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** The few file operations a journal needs; tests put one in its place that forgets what was not synced. */
export interface FileLayer {
  /** Creates a directory with its parents. */
  makeDirectory(path: string): Promise<void>;
  /** Names of the entries. */
  list(directory: string): Promise<readonly string[]>;
  /** Opens a file, creating it when absent. */
  open(path: string): Promise<OpenFile>;
  remove(path: string): Promise<void>;
  /** Resolves when created and removed entries are on disk. */
  syncDirectory(path: string): Promise<void>;
}
