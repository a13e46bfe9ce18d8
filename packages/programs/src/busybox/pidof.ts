import { applet } from "./applet.js";

const help = `pidof [-s] [-o PID] [NAME]...

List PIDs of all processes with names that match NAMEs

	-s	Show only one PID
	-o PID	Omit given pid
		Use %PPID to omit pid of pidof's parent`;

/** `pidof NAME...`: prints the PIDs of processes by name. */
export const pidof = applet(
  { help, options: { flags: "s", values: "o" } },
  async (process, { given, operands }) => {
    const omitted = new Set(
      (given.get("o") ?? []).map((text) => (text === "%PPID" ? process.parentPid : Number(text))),
    );
    const found = process
      .processes()
      .filter(({ pid, argv }) => {
        const name = (argv[0] ?? "").split("/").at(-1) as string;
        return operands.some((each) => each === name || each === argv[0]) && !omitted.has(pid);
      })
      .map(({ pid }) => pid)
      .reverse();
    const shown = given.has("s") ? found.slice(0, 1) : found;
    if (shown.length > 0) process.stdout(`${shown.join(" ")}\n`);
    return found.length > 0 ? 0 : 1;
  },
);
