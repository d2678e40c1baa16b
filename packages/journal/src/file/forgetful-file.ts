/** A number in [0, 1), like Math.random. */
export type Random = () => number;

type Change = { readonly offset: number; readonly bytes: Uint8Array } | { readonly length: number };

/**
 * One file in memory: its content now, its content on disk, and the changes between the two. Of
 * what was not synced each change survives a loss of power, vanishes or is torn at random.
 */
export class ForgetfulFile {
  #content = new GrowingBytes();
  #durable = new GrowingBytes();
  #changes: Change[] = [];

  get length(): number {
    return this.#content.length;
  }

  read(length: number, offset: number): Buffer {
    return this.#content.read(length, offset);
  }

  write(bytes: Uint8Array, offset: number): void {
    this.#change({ offset, bytes: new Uint8Array(bytes) });
  }

  truncate(length: number): void {
    this.#change({ length });
  }

  sync(): void {
    for (const change of this.#changes) this.#durable.apply(change);
    this.#changes = [];
  }

  /** The file as it is found after a loss of power; this one stays as it is. */
  survivor(random: Random): ForgetfulFile {
    const file = new ForgetfulFile();
    const bytes = this.#durable.read(this.#durable.length, 0);
    file.write(bytes, 0);
    for (const change of this.#changes) {
      const survived = survivingPart(change, random);
      if (survived) file.#change(survived);
    }
    file.sync();
    return file;
  }

  #change(change: Change): void {
    this.#changes.push(change);
    this.#content.apply(change);
  }
}

/** Bytes that grow at their end without being copied each time. */
class GrowingBytes {
  #bytes: Buffer = Buffer.alloc(0);
  length = 0;

  read(length: number, offset: number): Buffer {
    const end = Math.min(offset + length, this.length);
    return Buffer.from(this.#bytes.subarray(Math.min(offset, end), end));
  }

  apply(change: Change): void {
    if ('length' in change) return this.#resize(change.length);
    this.#resize(Math.max(this.length, change.offset + change.bytes.length));
    this.#bytes.set(change.bytes, change.offset);
  }

  #resize(length: number): void {
    if (length > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(length, 2 * this.#bytes.length));
      this.#bytes.copy(grown, 0, 0, this.length);
      this.#bytes = grown;
    }
    // What lies beyond the end reads as zeros when the file grows again.
    if (length < this.length) this.#bytes.fill(0, length, this.length);
    this.length = length;
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
