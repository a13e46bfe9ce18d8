import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";

const help = `mktemp [-dt] [-p DIR] [TEMPLATE]

Create a temporary file with name based on TEMPLATE and print its name.
TEMPLATE must end with XXXXXX (e.g. [/dir/]nameXXXXXX).
Without TEMPLATE, -t tmp.XXXXXX is assumed.

	-d	Make directory, not file
	-q	Fail silently on errors
	-t	Prepend base directory name to TEMPLATE
	-p DIR	Use DIR as a base directory (implies -t)
	-u	Do not create anything; print a name

Base directory is: -p DIR, else $TMPDIR, else /tmp`;

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** `mktemp [-dqtu] [-p DIR] [TEMPLATE]`: creates a temporary file or directory with an unused name. */
export const mktemp = applet(
  { help, options: { flags: "dqtu", values: "p" } },
  async (process, { name, given, operands, usage }) => {
    if (operands.length > 1) return usage(process);
    const [template = "tmp.XXXXXX"] = operands;
    const base = given.get("p")?.at(-1) ?? process.env.TMPDIR ?? "/tmp";
    const isIn = given.has("p") || given.has("t") || operands.length === 0;
    const path = isIn ? `${base}/${template}` : template;
    const { files } = process;
    try {
      if (!path.endsWith("XXXXXX")) throw new FileError("EINVAL");
      const free = freeName(path.slice(0, -6), process.now(), (each) => files.exists(each));
      if (!given.has("u")) {
        if (given.has("d")) files.mkdir(free, 0o700);
        else files.open(free, { write: true, create: true, exclusive: true, mode: 0o600 });
      }
      process.stdout(`${free}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!given.has("q")) process.stderr(`${name}: : ${error.message}\n`);
      return 1;
    }
  },
);

/** A name that begins with `head`, ends with six letters and digits, and is nobody's. */
export function freeName(head: string, now: bigint, taken: (path: string) => boolean): string {
  for (let seed = now / 1000n; ; seed++) {
    let path = head;
    for (let at = 0n, rest = seed * 2_654_435_761n; at < 6n; at++, rest /= 62n) {
      path += letters[Number(rest % 62n)];
    }
    if (!taken(path)) return path;
  }
}
