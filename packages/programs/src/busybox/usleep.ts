import { applet } from "./applet.js";

/** `usleep N`: pauses for microseconds. */
export const usleep = applet(
  {
    help: `usleep N

Pause for N microseconds`,
  },
  async (process, { name, operands, usage }) => {
    const [text] = operands;
    if (text === undefined) return usage(process);
    if (!/^\d+$/.test(text)) {
      process.stderr(`${name}: invalid number '${text}'\n`);
      return 1;
    }
    await process.sleep(Number(text) / 1000);
    return 0;
  },
);
