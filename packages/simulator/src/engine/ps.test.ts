import { expect, it } from "vitest";
import { type Listed, PsError, psShown } from "./ps.js";

const shell: Listed = {
  user: "root",
  pid: 4711,
  parent: 4690,
  started: 0n,
  tty: false,
  leads: true,
  argv: ["sh", "-c", "sleep 1"],
};
const child: Listed = { ...shell, pid: 4741, parent: 4711, leads: false, argv: ["sleep", "1"] };

/** The titles and rows that `docker top` gets. */
function shown(options: string): unknown {
  try {
    const { columns, shows } = psShown(options);
    const rows = [shell, child]
      .filter(shows)
      .map((each) => columns.map(({ value }) => value(each)).join(" "));
    return [columns.map(({ title }) => title).join(" "), ...rows];
  } catch (error) {
    if (error instanceof PsError) return error.message;
    throw error;
  }
}

// As seen with `docker top` on 20.10, 26.1 and 28.5.
it.each([
  ["-o pid,stat,comm", ["PID STAT COMMAND", "4711 Ss sh", "4741 S sleep"]],
  ["-o pid:20,comm:5", ["PID COMMAND", "4711 sh", "4741 sleep"]],
  ["-C sleep", ["PID TTY TIME CMD", "4741 ? 00:00:00 sleep"]],
  ["-p 1", ["PID TTY TIME CMD"]],
  ["-u root -o pid,user", ["PID USER", "4711 root", "4741 root"]],
  ["-Z", ["LABEL PID TTY TIME CMD", "- 4711 ? 00:00:00 sh", "- 4741 ? 00:00:00 sleep"]],
  ["--version", ["", "", ""]],
  ["-o pid --no-headers", ["", "", ""]],
  ["-o", "format specification must follow -o"],
  ["-C", "list of command names must follow -C"],
  ["nope", 'unknown user-defined format specifier "pe"'],
  ["-o PID", 'unknown user-defined format specifier "PID"'],
  ["-zz", "unsupported SysV option"],
  ["--nope", "unknown gnu long option"],
])("ps %s", (options, expected) => {
  expect(shown(options)).toEqual(expected);
});
