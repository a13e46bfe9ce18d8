import {
  absolutePath,
  FileError,
  type FileStat,
  type Files,
  type OpenFile,
  type ProcessContext,
} from "@dryharbor/kernel";
import type { TarEntry } from "@dryharbor/kernel/tar";
import { joined } from "../../bytes.js";
import { GzipError, gunzipped, gzipped } from "../../deflate/gzip-format.js";
import { matches } from "../../shell/pattern.js";
import { type AppletCall, applet } from "../applet.js";
import { zoneOf } from "../dates.js";
import { wholeFile } from "../input-file.js";
import { entriesFor } from "./create.js";
import { Extractor } from "./extract.js";
import { longLine, printable } from "./listing.js";
import { MemberNames } from "./member-names.js";
import { entriesOf } from "./read-archive.js";
import { TarError } from "./tar-error.js";
import { writtenEntry } from "./write-entry.js";

const help = `tar c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [FILE]...

Create, extract, or list files from a tar file

	c	Create
	x	Extract
	t	List
	-f FILE	Name of TARFILE ('-' for stdin/out)
	-C DIR	Change to DIR before operation
	-v	Verbose
	-O	Extract to stdout
	-m	Don't restore mtime
	-o	Don't restore user:group
	-k	Don't replace existing files
	-Z	(De)compress using compress
	-z	(De)compress using gzip
	-J	(De)compress using xz
	-j	(De)compress using bzip2
	--lzma	(De)compress using lzma
	-a	(De)compress based on extension
	-h	Follow symlinks
	--overwrite		Replace existing files
	--strip-components NUM	NUM of leading components to strip
	--no-recursion		Don't descend in directories
	--numeric-owner		Use numeric user:group
	--no-same-permissions	Don't restore access permissions
	--to-command COMMAND	Pipe files to COMMAND`;

/** Letters for the options that have none. Nobody can type them. */
const only = {
  noRecursion: "\u{E000}",
  strip: "\u{E001}",
  numericOwner: "\u{E002}",
  noSamePermissions: "\u{E003}",
  overwrite: "\u{E004}",
  toCommand: "\u{E005}",
  lzma: "\u{E006}",
  version: "\u{E007}",
} as const;

const long = {
  list: "t",
  extract: "x",
  directory: "C",
  file: "f",
  "to-stdout": "O",
  create: "c",
  dereference: "h",
  bzip2: "j",
  lzma: only.lzma,
  xz: "J",
  gzip: "z",
  "auto-compress": "a",
  compress: "Z",
  verbose: "v",
  touch: "m",
  "no-same-owner": "o",
  "same-permissions": "p",
  "keep-old": "k",
  "numeric-owner": only.numericOwner,
  "no-recursion": only.noRecursion,
  "strip-components": only.strip,
  "no-same-permissions": only.noSamePermissions,
  overwrite: only.overwrite,
  "to-command": only.toCommand,
  version: only.version,
} as const;

const flags = `txcOhjJzaZvmopk${Object.values(only).join("")}`;

/** `tar c|x|t [-f TARFILE] [FILE]...`: makes, unpacks or lists an archive. */
export const tar = applet(
  {
    help,
    options: { flags, values: `fC${only.strip}${only.toCommand}`, long },
    prepare: withDashes,
  },
  async (process, call) => {
    const { name, given, operands, usage } = call;
    if (given.has(only.version)) {
      process.stdout("tar (busybox) 1.38.0\n");
      return 0;
    }
    if (["c", "x", "t"].filter((mode) => given.has(mode)).length !== 1) return usage(process);
    const unknown = ["j", "J", "Z", only.lzma].some((letter) => given.has(letter));
    if (unknown) {
      process.stderr(`${name}: the simulator's tar compresses and decompresses with gzip alone\n`);
      return 1;
    }
    try {
      return await (given.has("c") ? create(process, call) : new Unpacking(process, call).run(operands));
    } catch (error) {
      if (!(error instanceof TarError)) throw error;
      process.stderr(`${name}: ${error.message}\n`);
      return 1;
    }
  },
);

/** Writes the letters of a first argument without a dash as options, each with its value behind it. */
function withDashes(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith("-")) return args;
  return [
    ...[...first].flatMap((letter) => [`-${letter}`, ...("fC".includes(letter) ? rest.splice(0, 1) : [])]),
    ...rest,
  ];
}

/** Returns the files as they are seen from the directory that `-C` names. @throws {TarError} */
function filesOf(process: ProcessContext, given: AppletCall["given"]): Files {
  const directory = given.get("C")?.at(-1);
  if (directory === undefined) return process.files;
  try {
    if (process.files.stat(directory).type !== "directory") throw new FileError("ENOTDIR");
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new TarError(`can't change directory to '${directory}': ${error.message}`);
  }
  return process.files.with({ cwd: absolutePath(directory, process.cwd) });
}

async function create(process: ProcessContext, { name, given, operands }: AppletCall): Promise<number> {
  if (operands.length === 0) throw new TarError("empty archive");
  const path = given.get("f")?.at(-1) ?? "-";
  let output: OpenFile | undefined;
  let archive: FileStat | undefined;
  if (path !== "-") {
    try {
      output = process.open(path, { write: true, create: true, truncate: true });
      archive = process.files.stat(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new TarError(`can't open '${path}': ${error.message}`);
    }
  }
  const write = (data: Uint8Array): void => {
    if (output) process.write(output, data);
    else process.stdout(data);
  };
  let failed = false;
  const entries = entriesFor(operands, {
    files: filesOf(process, given),
    followsLinks: given.has("h"),
    recursive: !given.has(only.noRecursion),
    archive,
    complain(message, isFailure) {
      process.stderr(`${name}: ${message}\n`);
      failed ||= isFailure;
    },
  });
  const isCompressed = given.has("z") || (given.has("a") && /\.(gz|tgz)$/.test(path));
  const kept: Uint8Array[] = [];
  for (const entry of entries) {
    if (given.has("v")) process[output ? "stdout" : "stderr"](`${entry.name}\n`);
    const written = writtenEntry(entry);
    if (isCompressed) kept.push(written);
    else write(written);
    await process.caughtUp();
  }
  const end = new Uint8Array(1024);
  if (!isCompressed) write(end);
  else {
    for (const piece of gzipped(joined([...kept, end]))) {
      write(piece);
      await process.caughtUp();
    }
  }
  if (!failed) return 0;
  throw new TarError("error exit delayed from previous errors");
}

/** Listing or unpacking an archive. */
class Unpacking {
  readonly #process: ProcessContext;
  readonly #name: string;
  readonly #given: AppletCall["given"];
  readonly #complain: (message: string) => void;
  /** What is printed at the end, since what the files hold is written past the buffer. */
  #late = "";

  constructor(process: ProcessContext, { name, given }: AppletCall) {
    this.#process = process;
    this.#name = name;
    this.#given = given;
    this.#complain = (message) => process.stderr(`${name}: ${message}\n`);
  }

  async run(wanted: readonly string[]): Promise<number> {
    const given = this.#given;
    const stripped = Number(given.get(only.strip)?.at(-1) ?? 0);
    if (!Number.isSafeInteger(stripped) || stripped < 0) {
      throw new TarError(`invalid number '${given.get(only.strip)?.at(-1)}'`);
    }
    const archive = await this.#archive();
    const files = filesOf(this.#process, given);
    const patterns = wanted.map(withoutSlash);
    const names = new MemberNames(this.#complain);
    const extractor = this.#extractor(files);
    const seen = new Set<string>();
    try {
      for (const read of entriesOf(archive)) {
        const entry = { ...read, name: names.safe(read.name) };
        if (patterns.length > 0 && !patterns.some((each) => isWanted(entry.name, each))) continue;
        seen.add(withoutSlash(entry.name));
        this.#print(entry);
        await this.#unpack(entry, stripped, extractor);
        await this.#process.caughtUp();
      }
      extractor.finish();
      const missing = patterns.find((each) => !seen.has(each));
      if (missing !== undefined) throw new TarError(`${missing}: not found in archive`);
    } finally {
      if (this.#late !== "") this.#process.stdout(this.#late);
    }
    return 0;
  }

  get #command(): string | undefined {
    return this.#given.get(only.toCommand)?.at(-1);
  }

  #print(entry: TarEntry): void {
    const isList = this.#given.has("t");
    const verbosity = this.#given.get("v") !== undefined;
    if (!isList && !verbosity) return;
    const zone = zoneOf(this.#process.env.TZ ?? "");
    const line = isList && verbosity ? longLine(entry, zone) : printable(entry.name);
    if (this.#given.has("O") || this.#command !== undefined) this.#late += `${line}\n`;
    else this.#process.stdout(`${line}\n`);
  }

  async #unpack(entry: TarEntry, stripped: number, extractor: Extractor): Promise<void> {
    const command = this.#command;
    if (command !== undefined) {
      if (entry.type === "file" || entry.type === "hard link") await this.#pipe(entry, command);
      return;
    }
    if (this.#given.has("O")) {
      if (entry.content.length > 0) this.#process.stdout(entry.content);
      return;
    }
    if (this.#given.has("t")) return;
    const path = withoutSlash(withoutComponents(entry.name, stripped));
    if (path === "") return;
    extractor.extract(path, entry, withoutComponents(entry.linkName, stripped));
  }

  /** Gives the content of a file to a command. @throws {TarError} The command fails. */
  async #pipe(entry: TarEntry, command: string): Promise<void> {
    const { cwd, env, descriptors } = this.#process;
    const shell = this.#process.findProgram("/bin/sh");
    const { reader, writer } = this.#process.pipe();
    writer.hold();
    const { ended } = this.#process.start(shell ?? (async () => 127), {
      argv: ["/bin/sh", "-c", command],
      env: {
        ...env,
        TAR_FILETYPE: "f",
        TAR_MODE: (entry.mode + 0o100_000).toString(8),
        TAR_FILENAME: entry.name,
        TAR_REALNAME: entry.name,
        TAR_UNAME: entry.userName,
        TAR_GNAME: entry.groupName,
        TAR_SIZE: String(entry.content.length),
        TAR_UID: String(entry.uid),
        TAR_GID: String(entry.gid),
      },
      cwd,
      descriptors: new Map([...descriptors, [0, reader]]),
    });
    if (entry.content.length > 0) writer.write(entry.content);
    writer.drop();
    const { code, signal } = await ended;
    if (signal !== undefined) throw new TarError(`'${command}' terminated by signal ${signal}`);
    if (code !== 0) throw new TarError(`'${command}' returned status ${code}`);
  }

  /** Reads the archive, and decompresses it if asked. @throws {TarError} */
  async #archive(): Promise<Uint8Array> {
    const path = this.#given.get("f")?.at(-1) ?? "-";
    let data: Uint8Array;
    try {
      if (path !== "-") this.#process.open(path);
      data = await wholeFile(this.#process, path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new TarError(`can't open '${path}': ${error.message}`);
    }
    if (!this.#given.has("z")) return data;
    const pieces: Uint8Array[] = [];
    try {
      for (const piece of gunzipped(data)) {
        pieces.push(piece);
        await this.#process.caughtUp();
      }
    } catch (error) {
      if (!(error instanceof GzipError)) throw error;
      this.#complain(error.message);
    }
    return joined(pieces);
  }

  #extractor(files: Files): Extractor {
    const given = this.#given;
    return new Extractor({
      files,
      existing: given.has(only.overwrite) ? "overwrite" : given.has("k") ? "keep" : "replace",
      keepsTime: !given.has("m"),
      keepsOwner: !given.has("o") && this.#process.uid === 0,
      keepsMode: !given.has(only.noSamePermissions),
      byNumber: given.has(only.numericOwner),
      complain: this.#complain,
    });
  }
}

function withoutSlash(path: string): string {
  return path.replace(/(.)\/+$/, "$1");
}

/** Returns whether a member is what a pattern names, or is in it: as many of its components are compared. */
function isWanted(name: string, pattern: string): boolean {
  const slashes = pattern.split("/").length;
  return matches(pattern, name.split("/").slice(0, slashes).join("/"));
}

/** Returns a path without so many of its first components: nothing when it has no more. */
function withoutComponents(path: string, count: number): string {
  let rest = path;
  for (let index = 0; index < count; index++) {
    const slash = rest.indexOf("/");
    if (slash < 0) return "";
    rest = rest.slice(slash).replace(/^\/+/, "");
  }
  return rest;
}
