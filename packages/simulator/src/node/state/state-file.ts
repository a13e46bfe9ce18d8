// The file of `dryharbor serve --state`: a log that begins with a snapshot, followed by one record for each
// change. It is rewritten when it has grown, and locked by a socket beside it.

import { type FileHandle, open, readFile, rename } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { dirname, resolve } from "node:path";
import { UsageError } from "@dryharbor/sdk/port";
import { addressOf } from "../listen/address.js";
import { listen } from "../listen/listen.js";
import { ListenError } from "../listen/listen-error.js";
import { type Checksum, DamagedRecord, loadChecksum, type Records, readRecords, record } from "./record.js";

/** The first record of a file. */
const heading = JSON.stringify({ format: "dryharbor-state", version: 1 });

/** A file is rewritten when its changes take this many bytes, and this many times what it began with. */
const rewriteBytes = 4 * 2 ** 20;
const rewriteRatio = 2;

/** Only for the owner, because the environment of containers may hold secrets. */
const fileMode = 0o600;

/** The content of a file: a whole state, and the changes after it. */
export interface Stored {
  readonly whole: string;
  readonly changes: readonly string[];
}

/** A file that keeps a state: a log of changes with checksums, rewritten when it has grown. */
export class StateFile {
  readonly path: string;
  /** The content of the file when it was opened, or `undefined` for a new file. */
  readonly stored: Stored | undefined;
  /** The lock. This process holds it as long as it lives. */
  readonly #lock: Server;
  #file: FileHandle | undefined;
  #length = 0;
  #limit = 0;

  readonly #checksum: Checksum;

  private constructor(path: string, lock: Server, checksum: Checksum, stored: Stored | undefined) {
    this.path = path;
    this.#lock = lock;
    this.#checksum = checksum;
    this.stored = stored;
  }

  /**
   * Opens a file, or prepares a new one. Nothing is written before {@link rewrite}.
   *
   * @throws {UsageError} another process uses the file, it is not a state file, or it is damaged
   */
  static async open(given: string): Promise<StateFile> {
    const path = resolve(given);
    const lock = await take(path);
    try {
      const checksum = await loadChecksum();
      return new StateFile(path, lock, checksum, await readStored(path, checksum));
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  /** True when the file has grown so much that it should be rewritten. */
  get hasGrown(): boolean {
    return this.#length > this.#limit;
  }

  /** Appends a change. It is on the disk when the promise resolves. */
  async append(change: string): Promise<void> {
    const data = record(change, this.#checksum);
    const file = this.#file!;
    await writeAll(file, data);
    await file.datasync();
    this.#length += data.length;
  }

  /** Replaces the whole content by a state, atomically. */
  async rewrite(whole: string): Promise<void> {
    const data = Buffer.concat([heading, whole].map((text) => record(text, this.#checksum)));
    const fresh = `${this.path}.new`;
    const file = await open(fresh, "w", fileMode);
    try {
      await writeAll(file, data);
      await file.sync();
      await rename(fresh, this.path);
      await syncDirectory(dirname(this.path));
    } catch (error) {
      await file.close();
      throw error;
    }
    await this.#file?.close();
    this.#file = file;
    this.#length = data.length;
    this.#limit = Math.max(data.length + rewriteBytes, data.length * rewriteRatio);
  }

  async close(): Promise<void> {
    await this.#file?.close();
    await new Promise((closed) => this.#lock.close(closed));
  }
}

/** Locks a file by a socket beside it. The system releases it when the process ends, however it ends. */
async function take(path: string): Promise<Server> {
  const lock = createServer((socket) => socket.destroy());
  try {
    await listen(lock, addressOf(`unix://${path}.lock`));
  } catch (cause) {
    if (cause instanceof ListenError && cause.inUse) {
      throw new UsageError(
        `${path} is in use: another process keeps its state there. End that one, or give another file`,
        { cause },
      );
    }
    const why = cause instanceof Error ? cause.message : cause;
    throw new UsageError(
      `the state cannot be kept in ${path}, because the lock beside it cannot be made: ${why}`,
      {
        cause,
      },
    );
  }
  lock.unref();
  return lock;
}

async function readStored(path: string, checksum: Checksum): Promise<Stored | undefined> {
  let file: Buffer;
  try {
    file = await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    const why = cause instanceof Error ? cause.message : cause;
    throw new UsageError(`the state in ${path} cannot be read: ${why}`, { cause });
  }
  // `mktemp` creates an empty file.
  if (file.length === 0) return undefined;
  const { texts } = recordsOf(path, file, checksum);
  const [first, whole, ...changes] = texts;
  if (first !== heading || whole === undefined) {
    throw new UsageError(`${path} does not hold a state that this release reads: give another file`);
  }
  return { whole, changes };
}

function recordsOf(path: string, file: Buffer, checksum: Checksum): Records {
  try {
    return readRecords(file, checksum);
  } catch (cause) {
    if (!(cause instanceof DamagedRecord)) throw cause;
    if (cause.at === 0)
      throw new UsageError(`${path} does not hold a simulator's state: give another file`, { cause });
    throw new UsageError(
      `${path} is damaged: ${cause.message}, and other records follow it. ` +
        "Restore the file from a copy, or give another file to start anew",
      { cause },
    );
  }
}

async function writeAll(file: FileHandle, data: Buffer): Promise<void> {
  for (let at = 0; at < data.length; ) at += (await file.write(data, at)).bytesWritten;
}

/** Syncs the directory, so that the name leads to the new file even after a crash. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
