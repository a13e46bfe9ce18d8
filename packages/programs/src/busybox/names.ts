import { withoutTrailing } from "@dryharbor/kernel/patterns";
import { applet } from "./applet.js";

/** `basename FILE [SUFFIX]`: prints the last part of a path. */
export const basename = applet(
  {
    help: `basename FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...

Strip directory path and SUFFIX from FILE

	-a		All arguments are FILEs
	-s SUFFIX	Remove SUFFIX (implies -a)`,
    options: { flags: "a", values: "s", first: true },
  },
  async (process, { given, operands, usage }) => {
    const several = given.has("a") || given.has("s");
    if (operands.length === 0 || (!several && operands.length > 2)) return usage(process);
    const suffix = given.get("s")?.at(-1) ?? (several ? "" : (operands[1] ?? ""));
    for (const path of several ? operands : operands.slice(0, 1))
      process.stdout(`${lastPart(path, suffix)}\n`);
    return 0;
  },
);

function lastPart(path: string, suffix: string): string {
  const trimmed = withoutTrailing(path, "/");
  if (trimmed === "") return path === "" ? "" : "/";
  const name = trimmed.slice(trimmed.lastIndexOf("/") + 1);
  return suffix !== "" && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

/** `dirname FILE`: prints a path without its last part. */
export const dirname = applet(
  {
    help: `dirname FILENAME

Strip non-directory suffix from FILENAME`,
    options: { flags: "", first: true },
  },
  async (process, { operands, usage }) => {
    const [path] = operands;
    if (path === undefined || operands.length > 1) return usage(process);
    const trimmed = withoutTrailing(path, "/");
    if (trimmed === "") {
      process.stdout(path === "" ? ".\n" : "/\n");
      return 0;
    }
    const at = trimmed.lastIndexOf("/");
    process.stdout(`${at < 0 ? "." : withoutTrailing(trimmed.slice(0, at), "/") || "/"}\n`);
    return 0;
  },
);
