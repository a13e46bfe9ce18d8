import { FileError, type OpenFile, type ProcessContext } from "@dryharbor/kernel";
import { joined } from "../bytes.js";
import { GzipError, gunzipped, gzipped, isGzip } from "../deflate/gzip-format.js";
import { type AppletCall, applet } from "./applet.js";
import { inputFile } from "./input-file.js";

const gzipHelp = `gzip [-cfkdt] [FILE]...

Compress FILEs (or stdin)

	-d	Decompress
	-c	Write to stdout
	-f	Force
	-k	Keep input files
	-t	Test integrity`;

const gunzipHelp = `gunzip [-cfkt] [FILE]...

Decompress FILEs (or stdin)

	-c	Write to stdout
	-f	Force
	-k	Keep input files
	-t	Test integrity`;

const zcatHelp = `zcat [FILE]...

Decompress to stdout`;

const longNames = { stdout: "c", "to-stdout": "c", force: "f", test: "t", "no-name": "n" } as const;
const moreLongNames = { ...longNames, quiet: "q", verbose: "v", fast: "1", best: "9" } as const;

/** `gzip [-cfkdt] [FILE]...`: compresses files, or standard input. */
export const gzip = applet(
  { help: gzipHelp, options: { flags: "cfkdtqvn123456789", long: moreLongNames } },
  (process, call) =>
    convertAll(process, call, call.given.has("d") || call.given.has("t") ? decompression : compression),
);

/** `gunzip [-cfkt] [FILE]...`: decompresses files, or standard input. */
export const gunzip = applet(
  { help: gunzipHelp, options: { flags: "cfkdtqvn", long: longNames } },
  (process, call) => convertAll(process, call, decompression),
);

/** `zcat [FILE]...`: decompresses files to standard output. */
export const zcat = applet(
  { help: zcatHelp, options: { flags: "cfkdtqvn", long: longNames } },
  async (process, { name, given, operands }) => {
    let code = 0;
    for (const [index, path] of (operands.length > 0 ? operands : ["-"]).entries()) {
      // A file takes the place of standard input, which is at its end then.
      const isOver = path === "-" && index > 0;
      const data = isOver ? new Uint8Array() : await contentOf(process, name, path);
      if (!data) {
        code = 1;
        continue;
      }
      if (data.length < 2 || !isGzip(data)) {
        process.stderr(`${name}: ${data.length < 2 ? "short read" : "no gzip/bzip2/xz magic"}\n`);
        return 1;
      }
      // What is wrong behind the first bytes is found by a child in BusyBox, whose exit code is lost.
      await converted(process, name, gunzipped(data), (piece) => {
        if (!given.has("t")) process.stdout(piece);
      });
    }
    return code;
  },
);

/** One of the two directions. */
interface Conversion {
  convert(data: Uint8Array): Iterable<Uint8Array>;
  /** Returns the name of the result, or `undefined` for a file that has no fitting name. */
  nameOf(path: string): string | undefined;
}

const compression: Conversion = {
  convert: gzipped,
  nameOf: (path) => `${path}.gz`,
};

const decompression: Conversion = {
  convert: gunzipped,
  nameOf(path) {
    if (path.endsWith(".tgz")) return `${path.slice(0, -".tgz".length)}.tar`;
    return /\.(gz|Z)$/.test(path) ? path.replace(/\.[^.]*$/, "") : undefined;
  },
};

async function convertAll(
  process: ProcessContext,
  { name, given, operands }: AppletCall,
  conversion: Conversion,
): Promise<number> {
  let code = 0;
  for (const path of operands.length > 0 ? operands : ["-"]) {
    const failed = (await convertOne(process, name, given, path, conversion)) !== 0;
    if (failed) code = 1;
  }
  return code;
}

async function convertOne(
  process: ProcessContext,
  name: string,
  given: AppletCall["given"],
  path: string,
  { convert, nameOf }: Conversion,
): Promise<number> {
  const complain = (message: string): number => {
    process.stderr(`${name}: ${message}\n`);
    return 1;
  };
  const isTest = given.has("t");
  if (path === "-" || isTest || given.has("c")) {
    if (path === "-" && !given.has("f") && process.descriptors.get(0)?.terminal) {
      return complain("compressed data not read from terminal, use -f to force it");
    }
    const data = await contentOf(process, name, path);
    if (!data) return 1;
    return converted(process, name, convert(data), (piece) => {
      if (!isTest) process.stdout(piece);
    });
  }
  const data = await contentOf(process, name, path);
  if (!data) return 1;
  const target = nameOf(path);
  if (target === undefined) return complain(`${path}: unknown suffix - ignored`);
  const { files } = process;
  let output: OpenFile;
  try {
    const exclusive = !given.has("f");
    output = process.open(target, { write: true, create: true, exclusive, truncate: !exclusive });
    files.chmod(target, files.stat(path).mode);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return complain(`can't open '${target}': ${error.message}`);
  }
  const code = await converted(process, name, convert(data), (piece) => process.write(output, piece));
  if (code !== 0) {
    files.unlink(target);
    return code;
  }
  if (given.has("v")) process.stderr(`${path}: 100% - replaced with ${target}\n`);
  if (given.has("k")) return 0;
  try {
    files.unlink(path);
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return complain(`can't remove file '${path}': ${error.message}`);
  }
}

/** Writes pieces as they are made, while others run. Returns the exit code. */
async function converted(
  process: ProcessContext,
  name: string,
  pieces: Iterable<Uint8Array>,
  write: (piece: Uint8Array) => void,
): Promise<number> {
  try {
    for (const piece of pieces) {
      write(piece);
      await process.caughtUp();
    }
    return 0;
  } catch (error) {
    if (!(error instanceof GzipError)) throw error;
    process.stderr(`${name}: ${error.message}\n`);
    return 1;
  }
}

/** Reads a file. One that cannot be read, as a directory, has no content. */
async function contentOf(
  process: ProcessContext,
  name: string,
  path: string,
): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let input: AsyncIterable<Uint8Array>;
  try {
    input = inputFile(process, path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    process.stderr(`${name}: ${path}: ${error.message}\n`);
    return undefined;
  }
  try {
    for await (const piece of input) pieces.push(piece);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  return joined(pieces);
}
