import { applet } from "./applet.js";

/** `tty`: prints the name of the terminal of standard input. */
export const tty = applet(
  {
    help: `tty [-s]

Print file name of stdin's terminal

	-s	Print nothing, only return exit status`,
    options: { flags: "s" },
  },
  async (process, { given }) => {
    const isTerminal = process.descriptors.get(0)?.terminal !== undefined;
    if (!given.has("s")) process.stdout(isTerminal ? "/dev/pts/0\n" : "not a tty\n");
    return isTerminal ? 0 : 1;
  },
);
