import type { ProcessContext } from "@dryharbor/kernel";
import { applet } from "./applet.js";

/** `which [-a] COMMAND...`: prints the paths of programs. */
export const which = applet(
  {
    help: `which [-a] COMMAND...

Locate COMMAND

	-a	Show all matches`,
    options: { flags: "a" },
  },
  async (process, { given, operands, usage }) => {
    if (operands.length === 0) return usage(process);
    const path = process.env.PATH ?? "/sbin:/usr/sbin:/bin:/usr/bin";
    let code = 0;
    for (const name of operands) {
      const candidates = name.includes("/")
        ? [name]
        : path
            .split(":")
            .map((directory) => `${directory === "" ? "." : directory.replace(/\/$/, "")}/${name}`);
      const found = candidates.filter((candidate) => isExecutable(process, candidate));
      if (found.length === 0) code = 1;
      for (const each of given.has("a") ? found : found.slice(0, 1)) process.stdout(`${each}\n`);
    }
    return code;
  },
);

function isExecutable({ files }: ProcessContext, path: string): boolean {
  if (!files.exists(path)) return false;
  const { type, mode } = files.stat(path);
  return type === "file" && (mode & 0o111) !== 0;
}
