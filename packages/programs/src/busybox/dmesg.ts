import { applet } from "./applet.js";
import { readNumber } from "./numbers.js";

/** `dmesg`: the messages of the kernel, which it shows to no container. */
export const dmesg = applet(
  {
    help: `dmesg [-cr] [-n LEVEL] [-s SIZE]

Print or control the kernel ring buffer

	-c		Clear ring buffer after printing
	-n LEVEL	Set console logging level
	-s SIZE		Buffer size
	-r		Print raw message buffer`,
    options: { flags: "cr", values: "ns" },
  },
  async (process, { name, given }) => {
    const numbers = ["n", "s"].flatMap((letter) => given.get(letter)?.slice(-1) ?? []);
    const problems = numbers.map((text) => readNumber(text, 0, 2 ** 31 - 1));
    const problem = problems.find((each) => typeof each === "string") ?? "klogctl: Operation not permitted";
    process.stderr(`${name}: ${problem}\n`);
    return 1;
  },
);
