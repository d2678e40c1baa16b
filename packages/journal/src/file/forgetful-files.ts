import { dirname, basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FileLayer, OpenFile } from './file-layer.ts';

/** A number in [0, 1), like Math.random. */
export type Random = () => number;

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
  #entries: Map<string, Inode>;
  #durableEntries: Map<string, Inode>;
  readonly #options: ForgetfulOptions;
  #operations = 0;
  /** When set, writes reject with it: a full disk. */
  writeError: Error | undefined;

  constructor(options: ForgetfulOptions = {}, entries: ReadonlyMap<string, Inode> = new Map()) {
    this.#options = options;
    this.#entries = new Map(entries);
    this.#durableEntries = new Map(entries);
  }

  /** Turns the power off and on again: the files as they are found afterwards. */
  losePower(random: Random, options: ForgetfulOptions = {}): ForgetfulFiles {
    this.#operations = Infinity;
    const survivors = new Map<string, Inode>();
    for (const path of new Set([...this.#entries.keys(), ...this.#durableEntries.keys()])) {
      const current = this.#entries.get(path);
      const durable = this.#durableEntries.get(path);
      const inode = current === durable || random() < 0.5 ? durable : current;
      if (inode) survivors.set(path, inode.survivor(random));
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
    const inode = this.#entries.get(path) ?? new Inode();
    this.#entries.set(path, inode);
    return this.#openInode(inode);
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
    for (const [path, inode] of this.#entries) {
      if (dirname(path) === directory) this.#durableEntries.set(path, inode);
    }
  }

  #openInode(inode: Inode): OpenFile {
    return {
      write: async (bytes, offset) => {
        await this.#step();
        if (this.writeError) {
          // A full disk takes what fits and refuses the rest.
          inode.write(bytes.subarray(0, bytes.length >> 1), offset);
          throw this.writeError;
        }
        inode.write(bytes, offset);
      },
      read: async (length, offset) => {
        await this.#step();
        return inode.read(length, offset);
      },
      size: async () => {
        await this.#step();
        return inode.length;
      },
      modifiedMs: async () => {
        await this.#step();
        return Date.now();
      },
      fdatasync: async () => {
        await this.#step();
        if (!this.#options.ignoreSync) inode.sync();
      },
      truncate: async (length) => {
        await this.#step();
        inode.truncate(length);
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

type Change = { readonly offset: number; readonly bytes: Uint8Array } | { readonly length: number };

/** Content now, content on disk, and the changes between the two. */
class Inode {
  #content: Buffer = Buffer.alloc(0);
  #durable: Buffer = Buffer.alloc(0);
  #changes: Change[] = [];

  get length(): number {
    return this.#content.length;
  }

  read(length: number, offset: number): Buffer {
    return Buffer.from(this.#content.subarray(offset, offset + length));
  }

  write(bytes: Uint8Array, offset: number): void {
    const change = { offset, bytes: new Uint8Array(bytes) };
    this.#changes.push(change);
    this.#content = applied(this.#content, change);
  }

  truncate(length: number): void {
    this.#changes.push({ length });
    this.#content = applied(this.#content, { length });
  }

  sync(): void {
    this.#durable = this.#content;
    this.#changes = [];
  }

  survivor(random: Random): Inode {
    let content = this.#durable;
    for (const change of this.#changes) {
      const survived = survivingPart(change, random);
      if (survived) content = applied(content, survived);
    }
    const inode = new Inode();
    inode.#content = content;
    inode.#durable = content;
    return inode;
  }
}

function survivingPart(change: Change, random: Random): Change | undefined {
  const fate = random();
  if (fate < 0.3) return undefined;
  if (fate < 0.6 || 'length' in change) return change;
  const { offset, bytes } = change;
  // The length reached the disk but the content did not.
  if (fate < 0.75) return { offset, bytes: new Uint8Array(bytes.length) };
  return { offset, bytes: bytes.subarray(0, Math.floor(random() * bytes.length)) };
}

function applied(content: Buffer, change: Change): Buffer {
  const length =
    'length' in change
      ? change.length
      : Math.max(content.length, change.offset + change.bytes.length);
  const next = Buffer.alloc(length);
  content.copy(next, 0, 0, Math.min(content.length, length));
  if ('bytes' in change) next.set(change.bytes, change.offset);
  return next;
}
