import { FileError } from "@dryharbor/kernel";
import { applet, BadUsage, Died } from "./applet.js";

/** What the suffixes of a size stand for. */
const suffixes: Readonly<Record<string, number>> = {
  "": 1,
  c: 1,
  w: 2,
  b: 512,
  kB: 1000,
  kD: 1000,
  k: 1024,
  K: 1024,
  MB: 1_000_000,
  MD: 1_000_000,
  M: 1_048_576,
  GB: 1_000_000_000,
  GD: 1_000_000_000,
  G: 1_073_741_824,
};

/** `truncate [-c] -s SIZE FILE...`: gives files a size. */
export const truncate = applet(
  {
    help: `truncate [-c] -s SIZE FILE...

Truncate FILEs to SIZE

	-c	Do not create files
	-s SIZE`,
    options: { flags: "c", values: "s" },
  },
  async ({ files, stderr }, { name, given, operands }) => {
    const text = given.get("s")?.at(-1);
    if (text === undefined || operands.length === 0) throw new BadUsage();
    const size = sizeIn(text);
    let code = 0;
    for (const path of operands) {
      try {
        if (given.has("c") && !files.exists(path)) continue;
        files.open(path, { write: true, create: true }).truncate(size);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        stderr(`${name}: ${path}: open: ${error.message}\n`);
        code = 1;
      }
    }
    return code;
  },
);

/** @throws {Died} */
function sizeIn(text: string): number {
  const [, digits, suffix = ""] = /^(\d+)(\w*)$/.exec(text) ?? [];
  const unit = Object.hasOwn(suffixes, suffix) ? suffixes[suffix] : undefined;
  if (digits === undefined || unit === undefined) throw new Died(`invalid number '${text}'`);
  return Number(digits) * unit;
}
