import { applet } from "./applet.js";

const order = "snrvmpio";

/** `uname [-amnrspvio]`: prints the names of the system, the machine and the kernel. */
export const uname = applet(
  {
    help: `uname [-amnrspvio]

Print system information

	-a	Print all
	-m	Machine (hardware) type
	-n	Hostname
	-r	Kernel release
	-s	Kernel name (default)
	-p	Processor type
	-v	Kernel version
	-i	Hardware platform
	-o	OS name`,
    options: { flags: "amnrspvio" },
  },
  async (process, { given, operands, usage }) => {
    if (operands.length > 0) return usage(process);
    const { hostname, machine } = process;
    const values: Readonly<Record<string, string>> = {
      s: "Linux",
      n: hostname,
      r: machine.kernelVersion,
      v: "#1 SMP",
      m: machine.architecture,
      p: "unknown",
      i: "unknown",
      o: "GNU/Linux",
    };
    const all = given.has("a");
    const letters = [...order].filter((letter) =>
      all ? letter !== "p" && letter !== "i" : given.has(letter) || (given.size === 0 && letter === "s"),
    );
    process.stdout(`${letters.map((letter) => values[letter]).join(" ")}\n`);
    return 0;
  },
);
