import { applet } from "./applet.js";

const help = `seq [-w] [-s SEP] [FIRST [INC]] LAST

Print numbers from FIRST to LAST, in steps of INC.
FIRST, INC default to 1.

	-w	Pad with leading zeros
	-s SEP	String separator`;

/** `seq [-w] [-s SEP] [FIRST [INC]] LAST`: prints a sequence of numbers. */
export const seq = applet(
  { help, options: { flags: "w", values: "s", first: true, numbers: true } },
  async (process, { given, operands, usage }) => {
    const [first = "1", second, third] = operands;
    if (operands.length === 0 || operands.length > 3) return usage(process);
    const texts =
      third !== undefined
        ? [first, second as string, third]
        : second !== undefined
          ? [first, "1", second]
          : ["1", "1", first];
    if (!texts.every((text) => /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text))) return usage(process);
    const [from, step, to] = texts.map(Number) as [number, number, number];
    const digits = Math.max(...texts.slice(0, 2).map((text) => (text.split(".")[1] ?? "").length));
    const width = given.has("w") ? Math.max(from.toFixed(digits).length, to.toFixed(digits).length) : 0;
    const separator = given.get("s")?.at(-1) ?? "\n";
    let written = false;
    for (let index = 0; ; index++) {
      const value = from + index * step;
      const tolerance = Math.abs(step) * 1e-9;
      if (step >= 0 ? value > to + tolerance : value < to - tolerance) break;
      const text = value.toFixed(digits);
      const padded = text.startsWith("-")
        ? `-${text.slice(1).padStart(width - 1, "0")}`
        : text.padStart(width, "0");
      process.stdout(`${written ? separator : ""}${padded}`);
      written = true;
      if (index % 100 === 99) await process.caughtUp();
    }
    if (written) process.stdout("\n");
    return 0;
  },
);
