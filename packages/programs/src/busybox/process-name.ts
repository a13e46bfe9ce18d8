import type { ProcessInfo } from "@dryharbor/kernel";

/** The longest name that the kernel keeps of a command. */
const longest = 15;

/** Returns the name of the command that a process runs, as the kernel keeps it. */
export function processName({ argv: [command = ""] }: ProcessInfo): string {
  return command.slice(command.lastIndexOf("/") + 1).slice(0, longest);
}

/**
 * Returns the command line of a process in at most so many characters. Where the command does not have the
 * name that the kernel keeps, that name comes first, as BusyBox has it.
 */
export function commandLine(info: ProcessInfo, width: number): string {
  const line = info.argv.join(" ").slice(0, width);
  const name = processName(info);
  const command = (line.split(" ", 1)[0] as string).replace(/.*\//, "");
  return command.startsWith(name) ? line : `{${name}} ${line}`.slice(0, width);
}

/** The memory that a process takes, in kibibytes. They are those of BusyBox, since nothing here takes any. */
export const processSize = { virtual: 2336, resident: 1396 } as const;
