import { applet } from "./applet.js";

/** `nproc`: prints the number of processors. */
export const nproc = applet(
  {
    help: `nproc [--all] [--ignore=N]

Print number of available CPUs

	--all		Number of installed CPUs
	--ignore=N	Exclude N CPUs`,
    options: { flags: "a", values: "i", long: { ignore: "i", all: "a" } },
  },
  async (process, { given }) => {
    const ignored = Number(given.get("i")?.at(-1) ?? 0);
    process.stdout(`${Math.max(1, process.machine.processors - ignored)}\n`);
    return 0;
  },
);
