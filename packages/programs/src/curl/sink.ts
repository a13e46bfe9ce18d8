// Where the output of a transfer goes.
import { FileError, type FileHandle, type ProcessContext } from "@dryharbor/kernel";
import type { Build } from "./build.js";
import { CurlError } from "./curl-error.js";
import type { Output } from "./output.js";
import type { Settings } from "./settings.js";

/** Standard output, or a file, which is created when the first bytes come. */
export class Sink {
  readonly #process: ProcessContext;
  readonly #output: Output;
  readonly #settings: Settings;
  readonly #build: Build;
  #file: FileHandle | undefined;
  #isNamedByServer = false;

  constructor(
    output: Output,
    settings: Settings,
    build: Build,
    /** The path of the file. `undefined` for standard output. */
    public path: string | undefined,
    /** Where in the file it begins. */
    readonly start: number,
  ) {
    this.#process = output.process;
    this.#output = output;
    this.#settings = settings;
    this.#build = build;
  }

  /** Takes the name that the server has given (`-J`), unless the file is there already. */
  nameByServer(name: string): void {
    if (this.#file) return;
    this.path = this.#inDirectory(name);
    this.#isNamedByServer = true;
  }

  #inDirectory(name: string): string {
    const { outputDirectory } = this.#settings;
    return outputDirectory === undefined ? name : `${outputDirectory}/${name}`;
  }

  /** @throws {CurlError} */
  async write(data: Uint8Array): Promise<void> {
    if (this.path === undefined) {
      this.#output.print(data);
      if (!this.#settings.buffers) this.#output.flush();
      await this.#process.caughtUp();
      return;
    }
    try {
      this.#file ??= this.#open(this.path);
      this.#file.write(data);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!this.#file) this.#output.warn(`Failed to open the file ${this.path}: ${error.message}`);
      throw new CurlError(23, writeError(this.#build, data.length), error.code);
    }
  }

  /** Creates the file where no bytes have come. Returns whether that went well. */
  finish(): boolean {
    if (this.path === undefined || this.#file) return true;
    try {
      this.#file = this.#open(this.path);
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#output.warn(`Failed to open the file ${this.path}: ${error.message}`);
      return false;
    }
  }

  /** Removes what came, for another attempt. */
  rewind(): void {
    this.#file?.truncate(this.start);
    this.#file?.seek(this.start);
  }

  /** Removes the file of a transfer that failed. */
  remove(): void {
    if (this.#file && this.path !== undefined) this.#process.files.unlink(this.path);
  }

  #open(path: string): FileHandle {
    const { files } = this.#process;
    const { clobbers = !this.#isNamedByServer, createsDirectories } = this.#settings;
    const slash = path.lastIndexOf("/");
    if (createsDirectories && slash > 0) files.makeDirectories(path.slice(0, slash), 0o750);
    if (this.start > 0) {
      const file = files.open(path, { write: true, create: true });
      file.seek(this.start);
      return file;
    }
    if (clobbers) return files.open(path, { write: true, create: true, truncate: true });
    for (let number = 0; ; number++) {
      const name = number === 0 ? path : `${path}.${number}`;
      try {
        this.path = name;
        return files.open(name, { write: true, create: true, exclusive: true });
      } catch (error) {
        const isTaken = error instanceof FileError && error.code === "EEXIST";
        if (!isTaken || this.#isNamedByServer || number === 100) throw error;
      }
    }
  }
}

function writeError(build: Build, length: number): string {
  return build.since("8.10")
    ? `client returned ERROR on write of ${length} bytes`
    : "Failure writing output to destination";
}
