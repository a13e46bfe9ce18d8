import { FileError, type ProcessContext, type Program, sha256 } from "@dryharbor/kernel";
import { crc32 as crc32Of } from "../digests/crc32.js";
import { md5 } from "../digests/md5.js";
import { sha1 } from "../digests/sha1.js";
import { sha3 } from "../digests/sha3.js";
import { sha384, sha512 } from "../digests/sha512.js";
import { applet } from "./applet.js";
import { fromBytes } from "./byte-text.js";
import { wholeFile } from "./input-file.js";

type Digest = (message: Uint8Array) => Uint8Array;

const checkOptions = `	-c	Check sums against list in FILEs
	-s	Don't output anything, status code shows success
	-w	Warn about improperly formatted checksum lines`;

/** `md5sum [-c] [FILE]...`: prints or checks MD5 checksums. */
export const md5sum = sumProgram("MD5", md5);
/** `sha1sum [-c] [FILE]...`: prints or checks SHA-1 checksums. */
export const sha1sum = sumProgram("SHA1", sha1);
/** `sha256sum [-c] [FILE]...`: prints or checks SHA-256 checksums. */
export const sha256sum = sumProgram("SHA256", sha256);
/** `sha384sum [-c] [FILE]...`: prints or checks SHA-384 checksums. */
export const sha384sum = sumProgram("SHA384", sha384);
/** `sha512sum [-c] [FILE]...`: prints or checks SHA-512 checksums. */
export const sha512sum = sumProgram("SHA512", sha512);

/** `sha3sum [-a BITS] [-c] [FILE]...`: prints or checks SHA-3 checksums. */
export const sha3sum = applet(
  {
    help: `sha3sum [-c[sw]] [-a BITS] [FILE]...

Print or check SHA3 checksums

${checkOptions}
	-a BITS	224 (default), 256, 384, 512`,
    options: { flags: "cswbt", values: "a" },
  },
  async (process, call) => {
    const bits = call.given.get("a")?.at(-1) ?? "224";
    if (!/^(224|256|384|512)$/.test(bits)) {
      process.stderr(`${call.name}: bad -a${bits}\n`);
      return 1;
    }
    return await sums(process, call, (message) => sha3(message, Number(bits)));
  },
);

/** `crc32 FILE...`: prints CRC-32 checksums. */
export const crc32 = applet(
  {
    help: `crc32 FILE...

Calculate CRC32 checksum of FILEs`,
    options: { flags: "" },
  },
  async (process, { name, operands }) => {
    let code = 0;
    for (const path of operands.length > 0 ? operands : ["-"]) {
      const content = await contentOf(process, name, path);
      if (!content) code = 1;
      else {
        const sum = crc32Of(content).toString(16).padStart(8, "0");
        process.stdout(operands.length > 0 ? `${sum} ${path}\n` : `${sum}\n`);
      }
    }
    return code;
  },
);

function sumProgram(title: string, digest: Digest): Program {
  const help = `${title.toLowerCase()}sum [-c[sw]] [FILE]...

Print or check ${title} checksums

${checkOptions}`;
  return applet({ help, options: { flags: "cswbt" } }, (process, call) => sums(process, call, digest));
}

interface SumCall {
  readonly name: string;
  readonly given: ReadonlyMap<string, unknown>;
  readonly operands: readonly string[];
  usage(process: ProcessContext): number;
}

async function sums(process: ProcessContext, call: SumCall, digest: Digest): Promise<number> {
  const { name, given, operands, usage } = call;
  if (!given.has("c") && (given.has("s") || given.has("w"))) return usage(process);
  const sumOf = async (path: string): Promise<string | undefined> => {
    const content = await contentOf(process, name, path);
    return content && [...digest(content)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  let code = 0;
  for (const path of operands.length > 0 ? operands : ["-"]) {
    if (given.has("c")) {
      if (!(await check(process, call, path, sumOf))) code = 1;
      continue;
    }
    const sum = await sumOf(path);
    if (sum === undefined) code = 1;
    else process.stdout(`${sum} ${given.has("b") ? "*" : " "}${path}\n`);
  }
  return code;
}

async function contentOf(
  process: ProcessContext,
  name: string,
  path: string,
): Promise<Uint8Array | undefined> {
  try {
    return await wholeFile(process, path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const doing = error.code === "EISDIR" ? "read" : "open";
    process.stderr(`${name}: can't ${doing} '${path}': ${error.message}\n`);
    return undefined;
  }
}

/** Checks the sums that a file lists. Returns whether all hold. */
async function check(
  process: ProcessContext,
  { name, given }: SumCall,
  list: string,
  sumOf: (path: string) => Promise<string | undefined>,
): Promise<boolean> {
  let content: Uint8Array;
  try {
    content = await wholeFile(process, list);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    process.stderr(`${name}: ${list}: ${error.message}\n`);
    return false;
  }
  const lines = fromBytes(content).split("\n");
  if (lines.at(-1) === "") lines.pop();
  let failures = 0;
  for (const line of lines) {
    const [, wanted, file] = /^(.*?) [ *](.*)$/.exec(line) ?? [];
    if (wanted === undefined || file === undefined) {
      failures++;
      if (given.has("w")) process.stderr(`${name}: invalid format\n`);
      continue;
    }
    const holds = (await sumOf(file)) === wanted;
    if (!holds) failures++;
    if (!given.has("s")) process.stdout(`${file}: ${holds ? "OK" : "FAILED"}\n`);
  }
  if (failures > 0 && !given.has("s")) {
    const which = `${failures} of ${lines.length} computed checksums`;
    process.stderr(`${name}: WARNING: ${which} did NOT match\n`);
  }
  if (lines.length === 0) process.stderr(`${name}: ${list}: no checksum lines found\n`);
  return failures === 0 && lines.length > 0;
}
