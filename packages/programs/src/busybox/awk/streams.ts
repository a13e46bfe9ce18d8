// The files and commands that an awk program reads from and writes to.
import { FileError, type FileErrorCode, type OpenFile, type ProcessContext } from "@dryharbor/kernel";
import { type ByteText, toBytes } from "../byte-text.js";
import { RecordReader } from "./record-reader.js";

/** How much is kept before it is written to a file or a command. */
const mostBuffered = 4096;
/** How much of standard input is read at once. What is read is missing in the commands that share it. */
const inputPiece = 4096;

/** A file or a command that is open under its name. */
interface Stream {
  readonly reader: RecordReader | undefined;
  /** Writes a text, if the stream is for writing. */
  write(text: ByteText): void;
  flush(): void;
  /** Gives up the file, and returns a promise of the command's end. */
  drop(): Promise<number> | undefined;
}

/** The numbers of the errors in `ERRNO`. */
const errorNumbers: Readonly<Partial<Record<FileErrorCode, number>>> = {
  EPERM: 1,
  ENOENT: 2,
  ENXIO: 6,
  EBADF: 9,
  EACCES: 13,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EROFS: 30,
  ENAMETOOLONG: 36,
  ELOOP: 40,
};

/** Returns the number of an error, as `ERRNO` has it. */
export function errorNumber(error: FileError): number {
  return errorNumbers[error.code] ?? 5;
}

/** Opens files and starts commands, and keeps each one open under its name until it is closed. */
export class Streams {
  readonly #process: ProcessContext;
  readonly #open = new Map<ByteText, Stream>();

  constructor(process: ProcessContext) {
    this.#process = process;
  }

  /** The records of a file, which is opened if it is not open. @throws {FileError} */
  readFile(name: ByteText): RecordReader {
    const known = this.#open.get(name);
    if (known) return readerOf(known);
    const reader = this.records(name);
    this.#open.set(name, { reader, write() {}, flush() {}, drop: () => undefined });
    return reader;
  }

  /** The records of what a command prints, which is started if it is not running. @throws {FileError} */
  readCommand(command: ByteText): RecordReader {
    const known = this.#open.get(command);
    if (known) return readerOf(known);
    this.flush();
    const { reader: file, writer } = this.#process.pipe();
    file.hold();
    const ended = this.#start(command, 1, writer);
    const reader = this.#recordsOf(file, Number.POSITIVE_INFINITY);
    const drop = (): Promise<number> => {
      file.drop();
      return ended;
    };
    this.#open.set(command, { reader, write() {}, flush() {}, drop });
    return reader;
  }

  /** Opens a file for reading. @throws {FileError} */
  records(name: ByteText): RecordReader {
    return this.#recordsOf(this.#process.open(textOfBytes(name)), Number.POSITIVE_INFINITY);
  }

  /** The records of standard input. */
  input(): RecordReader {
    const file = this.#process.descriptors.get(0);
    return file ? this.#recordsOf(file, inputPiece) : new RecordReader(async () => undefined);
  }

  /** Writes to a file or a command, which is opened if it is not open. @throws {FileError} */
  write(kind: "write" | "append" | "pipe", name: ByteText, text: ByteText): void {
    if (kind !== "pipe" && name === "/dev/stdout") this.#process.stdout(toBytes(text));
    else if (kind !== "pipe" && name === "/dev/stderr") this.#process.stderr(toBytes(text));
    else {
      const stream = this.#open.get(name) ?? this.#openForWriting(kind, name);
      this.#open.set(name, stream);
      stream.write(text);
    }
  }

  /** Writes out all that is kept. */
  flush(): void {
    for (const stream of this.#open.values()) stream.flush();
  }

  /**
   * Closes a file or a command. Returns -1 if it is not open, and otherwise how the command ended: its exit
   * code times 256, or the number of a signal.
   */
  async close(name: ByteText): Promise<number> {
    const stream = this.#open.get(name);
    if (!stream) return -1;
    this.#open.delete(name);
    stream.flush();
    return (await stream.drop()) ?? 0;
  }

  /** Closes everything, and waits for the commands if asked. */
  async closeAll({ waits }: { readonly waits: boolean }): Promise<void> {
    this.flush();
    const ends = [...this.#open.values()].map((stream) => stream.drop());
    this.#open.clear();
    if (waits) await Promise.all(ends);
  }

  /** Runs a command, and returns its exit code, which is 0 when a signal ended it. */
  async run(command: ByteText): Promise<number> {
    this.flush();
    const status = await this.#start(command);
    return Math.floor(status / 256);
  }

  #openForWriting(kind: "write" | "append" | "pipe", name: ByteText): Stream {
    if (kind === "pipe") {
      const { reader, writer } = this.#process.pipe();
      writer.hold();
      const ended = this.#start(name, 0, reader);
      return this.#buffered(writer, () => {
        writer.drop();
        return ended;
      });
    }
    const append = kind === "append";
    const options = { write: true, create: true, append, truncate: !append };
    return this.#buffered(this.#process.open(textOfBytes(name), options), () => undefined);
  }

  #buffered(file: OpenFile, drop: Stream["drop"]): Stream {
    let kept = "";
    const flush = (): void => {
      if (kept !== "") this.#process.write(file, toBytes(kept));
      kept = "";
    };
    const write = (text: ByteText): void => {
      kept += text;
      if (kept.length >= mostBuffered) flush();
    };
    return { reader: undefined, write, flush, drop };
  }

  /** Starts a command, with one of its descriptors leading to a file. Resolves to how it ended. */
  async #start(command: ByteText, descriptor?: number, file?: OpenFile): Promise<number> {
    const { env, cwd, descriptors } = this.#process;
    const shell = this.#process.findProgram("/bin/sh");
    const files = new Map(descriptors);
    if (descriptor !== undefined && file) files.set(descriptor, file);
    if (!shell) {
      file?.hold();
      file?.drop();
      return 127 * 256;
    }
    const argv = ["sh", "-c", textOfBytes(command)] as const;
    const { code, signal } = await this.#process.start(shell, {
      argv: [...argv],
      env,
      cwd,
      descriptors: files,
    }).ended;
    return signal ?? code * 256;
  }

  #recordsOf(file: OpenFile, limit: number): RecordReader {
    return new RecordReader(() => this.#process.read(file, limit));
  }
}

function readerOf({ reader }: Stream): RecordReader {
  if (!reader) throw new FileError("EBADF");
  return reader;
}

function textOfBytes(text: ByteText): string {
  return new TextDecoder().decode(toBytes(text));
}
