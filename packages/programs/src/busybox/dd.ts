import { FileError, type OpenFile, type ProcessContext } from "@dryharbor/kernel";
import { joined } from "../bytes.js";
import { applet, BadUsage, Died } from "./applet.js";
import { sizeWithSuffix } from "./size-suffix.js";

const help = `dd [if=FILE] [of=FILE] [ibs=N obs=N/bs=N] [count=N] [skip=N] [seek=N]
	[conv=notrunc|noerror|sync|fsync]
	[iflag=skip_bytes|count_bytes|fullblock|direct] [oflag=seek_bytes|append|direct]

Copy a file with converting and formatting

	if=FILE		Read from FILE instead of stdin
	of=FILE		Write to FILE instead of stdout
	bs=N		Read and write N bytes at a time
	ibs=N		Read N bytes at a time
	obs=N		Write N bytes at a time
	count=N		Copy only N input blocks
	skip=N		Skip N input blocks
	seek=N		Skip N output blocks
	conv=notrunc	Don't truncate output file
	conv=noerror	Continue after read errors
	conv=sync	Pad blocks with zeros
	conv=fsync	Physically write data out before finishing
	conv=swab	Swap every pair of bytes
	iflag=skip_bytes	skip=N is in bytes
	iflag=count_bytes	count=N is in bytes
	oflag=seek_bytes	seek=N is in bytes
	iflag=direct	O_DIRECT input
	oflag=direct	O_DIRECT output
	iflag=fullblock	Read full blocks
	oflag=append	Open output in append mode
	status=noxfer	Suppress rate output
	status=none	Suppress all output

N may be suffixed by c (1), w (2), b (512), kB (1000), k (1024), MB, M, GB, G`;

const defaultBlock = 512;

/** What may be given for a word that is one of several. */
const choices: Readonly<Record<string, readonly string[]>> = {
  conv: ["notrunc", "sync", "noerror", "fsync", "swab"],
  iflag: ["skip_bytes", "count_bytes", "direct", "fullblock"],
  oflag: ["seek_bytes", "direct", "append"],
};
const statuses = ["noxfer", "none"];
const numbers: ReadonlySet<string> = new Set(["bs", "ibs", "obs", "count", "skip", "seek"]);
const sizes: ReadonlySet<string> = new Set(["bs", "ibs", "obs"]);

/** The operands of a call. */
interface Operands {
  readonly texts: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, number>;
  /** The words of `conv`, `iflag` and `oflag`. */
  readonly words: ReadonlySet<string>;
  readonly status: string | undefined;
}

/** Blocks that were read or written: whole ones and others. */
interface Counts {
  whole: number;
  part: number;
}

/** `dd [if=FILE] [of=FILE] …`: copies blocks. */
export const dd = applet({ help }, async (process, { name, operands }) => {
  const asked = readOperands(operands);
  const input: Counts = { whole: 0, part: 0 };
  const output: Counts = { whole: 0, part: 0 };
  const tell = (): void => {
    if (asked.status === "none") return;
    const text = ({ whole, part }: Counts) => `${whole}+${part}`;
    process.stderr(`${text(input)} records in\n${text(output)} records out\n`);
  };
  try {
    await copy(process, asked, input, output);
    tell();
    return 0;
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    process.stderr(`${name}: ${error.message}\n`);
    if (error.tells) tell();
    return 1;
  }
});

/** A failure while blocks are copied. */
class CopyError extends Error {
  constructor(
    message: string,
    /** Whether it is told how many blocks were copied by then. */
    readonly tells: boolean,
  ) {
    super(message);
  }
}

function readOperands(operands: readonly string[]): Operands {
  const texts = new Map<string, string>();
  const amounts = new Map<string, number>();
  const words = new Set<string>();
  let status: string | undefined;
  for (const operand of operands) {
    const at = operand.indexOf("=");
    const key = operand.slice(0, at);
    const value = operand.slice(at + 1);
    if (at < 0) throw new BadUsage();
    if (numbers.has(key)) amounts.set(key, sizeWithSuffix(value, sizes.has(key) ? 1 : 0));
    else if (Object.hasOwn(choices, key)) {
      for (const word of value.split(",")) {
        if (!choices[key]?.includes(word)) throw new Died(`invalid argument '${word}' to '${key}'`);
        words.add(word);
      }
    } else if (key === "status") {
      if (!statuses.includes(value)) throw new Died(`invalid argument '${value}' to 'status'`);
      status = value;
    } else if (key === "if" || key === "of") texts.set(key, value);
    else throw new BadUsage();
  }
  return { texts, numbers: amounts, words, status };
}

async function copy(process: ProcessContext, asked: Operands, input: Counts, output: Counts): Promise<void> {
  const { texts, words } = asked;
  const number = (name: string, otherwise: number) => asked.numbers.get(name) ?? otherwise;
  const both = asked.numbers.get("bs");
  const readSize = both ?? number("ibs", defaultBlock);
  const writeSize = both ?? number("obs", defaultBlock);
  const from = texts.get("if");
  const to = texts.get("of");
  const reader = from === undefined ? descriptor(process, 0) : opened(process, from, {});
  const seek = number("seek", 0) * (words.has("seek_bytes") ? 1 : writeSize);
  const writer = writerOf(process, to, { seek, append: words.has("append"), keeps: words.has("notrunc") });
  const read = async (limit: number): Promise<Uint8Array> => {
    try {
      return (await process.read(reader, limit)) ?? new Uint8Array();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new CopyError(`${from ?? "standard input"}: ${error.message}`, false);
    }
  };
  const write = (data: Uint8Array): void => {
    try {
      writer(data);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new CopyError(`error writing '${to ?? "standard output"}': ${error.message}`, true);
    }
    output[data.length === writeSize ? "whole" : "part"]++;
  };

  await skip(read, number("skip", 0) * (words.has("skip_bytes") ? 1 : readSize), readSize);
  const count = asked.numbers.get("count");
  let bytesLeft = count !== undefined && words.has("count_bytes") ? count : Number.POSITIVE_INFINITY;
  let blocksLeft = count !== undefined && !words.has("count_bytes") ? count : Number.POSITIVE_INFINITY;
  let gathered: Uint8Array = new Uint8Array();
  for (; blocksLeft > 0 && bytesLeft > 0; blocksLeft--) {
    const limit = Math.min(readSize, bytesLeft);
    let data = await read(limit);
    while (words.has("fullblock") && data.length > 0 && data.length < limit) {
      const more = await read(limit - data.length);
      if (more.length === 0) break;
      data = joined([data, more]);
    }
    if (data.length === 0) break;
    bytesLeft -= data.length;
    input[data.length === readSize ? "whole" : "part"]++;
    data = converted(data, readSize, words);
    if (readSize === writeSize || both !== undefined) {
      write(data);
    } else {
      gathered = joined([gathered, data]);
      for (; gathered.length >= writeSize; gathered = gathered.subarray(writeSize)) {
        write(gathered.subarray(0, writeSize));
      }
    }
    await process.caughtUp();
  }
  if (gathered.length > 0) write(gathered);
}

function converted(data: Uint8Array, size: number, words: ReadonlySet<string>): Uint8Array {
  let made = data;
  if (words.has("swab")) {
    made = data.slice();
    for (let at = 0; at + 1 < made.length; at += 2) made.set([data[at + 1] ?? 0, data[at] ?? 0], at);
  }
  if (!words.has("sync") || made.length === size) return made;
  const padded = new Uint8Array(size);
  padded.set(made);
  return padded;
}

async function skip(
  read: (limit: number) => Promise<Uint8Array>,
  bytes: number,
  block: number,
): Promise<void> {
  for (let left = bytes; left > 0; ) {
    const data = await read(Math.min(left, block));
    if (data.length === 0) return;
    left -= data.length;
  }
}

/** Opens the output. Returns what writes to it. @param how where it begins, and whether what is there stays */
function writerOf(
  process: ProcessContext,
  path: string | undefined,
  how: { readonly seek: number; readonly append: boolean; readonly keeps: boolean },
): (data: Uint8Array) => void {
  if (path === undefined) {
    const output = descriptor(process, 1);
    return (data) => process.write(output, data);
  }
  const { seek, append, keeps } = how;
  const file = opened(process, path, { write: true, create: true, append, truncate: seek === 0 && !keeps });
  const isPlaced = seek > 0 && process.files.stat(path).type === "file";
  if (!isPlaced) return (data) => process.write(file, data);
  const handle = process.files.open(path, { write: true });
  if (!keeps || process.files.stat(path).size < seek) handle.truncate(seek);
  handle.seek(seek);
  return (data) => handle.write(data);
}

function descriptor({ descriptors }: ProcessContext, number: number): OpenFile {
  const file = descriptors.get(number);
  if (!file) throw new FileError("EBADF");
  return file;
}

function opened(
  process: ProcessContext,
  path: string,
  options: Parameters<ProcessContext["open"]>[1],
): OpenFile {
  try {
    return process.open(path, options);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CopyError(`can't open '${path}': ${error.message}`, false);
  }
}
