import { applet } from "./applet.js";

/** What clears the screen of a terminal: the cursor goes to its upper left, and all behind it is erased. */
export const clearScreen = "\x1b[H\x1b[J";

/** `clear`: clears the screen. */
export const clear = applet(
  {
    help: `clear

Clear screen`,
  },
  async (process) => {
    process.stdout(clearScreen);
    return 0;
  },
);
