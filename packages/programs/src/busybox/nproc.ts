import { applet } from "./applet.js";
import { readNumber } from "./numbers.js";

/** `nproc`: prints the number of processors. */
export const nproc = applet(
  {
    help: `nproc [--all] [--ignore=N]

Print number of available CPUs

	--all		Number of installed CPUs
	--ignore=N	Exclude N CPUs`,
    options: { flags: "a", values: "i", long: { ignore: "i", all: "a" } },
  },
  async (process, { name, given }) => {
    const ignored = readNumber(given.get("i")?.at(-1) ?? "0", 0, 2 ** 32 - 1);
    if (typeof ignored === "string") {
      process.stderr(`${name}: ${ignored}\n`);
      return 1;
    }
    process.stdout(`${Math.max(1, process.machine.processors - ignored)}\n`);
    return 0;
  },
);
