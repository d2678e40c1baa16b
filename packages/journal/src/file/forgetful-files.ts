import { dirname, basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FileLayer, OpenFile } from './file-layer.ts';
import { ForgetfulFile } from './forgetful-file.ts';
import type { Random } from './forgetful-file.ts';

/** How a simulated disk misbehaves. */
export interface ForgetfulOptions {
  /** After this many operations the power is gone and every further one rejects. */
  readonly operationsMax?: number;
  /** fdatasync and directory sync do nothing: what a journal without them would risk. */
  readonly ignoreSync?: boolean;
}

/**
 * Files in memory that lose power. What was synced survives; of what was not, each write, truncation
 * and directory entry survives, vanishes or is torn at random, in any order.
 */
export class ForgetfulFiles implements FileLayer {
  #entries: Map<string, ForgetfulFile>;
  #durableEntries: Map<string, ForgetfulFile>;
  readonly #options: ForgetfulOptions;
  #operations = 0;
  /** When set, writes reject with it: a full disk. */
  writeError: Error | undefined;

  constructor(
    options: ForgetfulOptions = {},
    entries: ReadonlyMap<string, ForgetfulFile> = new Map(),
  ) {
    this.#options = options;
    this.#entries = new Map(entries);
    this.#durableEntries = new Map(entries);
  }

  /** Turns the power off and on again: the files as they are found afterwards. */
  losePower(random: Random, options: ForgetfulOptions = {}): ForgetfulFiles {
    this.#operations = Infinity;
    const survivors = new Map<string, ForgetfulFile>();
    for (const path of new Set([...this.#entries.keys(), ...this.#durableEntries.keys()])) {
      const current = this.#entries.get(path);
      const durable = this.#durableEntries.get(path);
      const file = current === durable || random() < 0.5 ? durable : current;
      if (file) survivors.set(path, file.survivor(random));
    }
    return new ForgetfulFiles(options, survivors);
  }

  get isOff(): boolean {
    return this.#operations >= (this.#options.operationsMax ?? Infinity);
  }

  async makeDirectory(): Promise<void> {
    await this.#step();
  }

  async list(directory: string): Promise<readonly string[]> {
    await this.#step();
    return [...this.#entries.keys()]
      .filter((path) => dirname(path) === directory)
      .map((path) => basename(path));
  }

  async open(path: string): Promise<OpenFile> {
    await this.#step();
    const file = this.#entries.get(path) ?? new ForgetfulFile();
    this.#entries.set(path, file);
    return this.#openFile(file);
  }

  async remove(path: string): Promise<void> {
    await this.#step();
    this.#entries.delete(path);
  }

  async syncDirectory(directory: string): Promise<void> {
    await this.#step();
    if (this.#options.ignoreSync) return;
    for (const path of this.#durableEntries.keys()) {
      if (dirname(path) === directory) this.#durableEntries.delete(path);
    }
    for (const [path, file] of this.#entries) {
      if (dirname(path) === directory) this.#durableEntries.set(path, file);
    }
  }

  #openFile(file: ForgetfulFile): OpenFile {
    return {
      write: async (bytes, offset) => {
        await this.#step();
        if (this.writeError) {
          // A full disk takes what fits and refuses the rest.
          file.write(bytes.subarray(0, bytes.length >> 1), offset);
          throw this.writeError;
        }
        file.write(bytes, offset);
      },
      read: async (length, offset) => {
        await this.#step();
        return file.read(length, offset);
      },
      size: async () => {
        await this.#step();
        return file.length;
      },
      modifiedMs: async () => {
        await this.#step();
        return Date.now();
      },
      fdatasync: async () => {
        await this.#step();
        if (!this.#options.ignoreSync) file.sync();
      },
      truncate: async (length) => {
        await this.#step();
        file.truncate(length);
      },
      close: () => Promise.resolve(),
    };
  }

  async #step(): Promise<void> {
    await setImmediate();
    if (this.isOff) throw new Error('the power is off');
    this.#operations++;
  }
}
