import { applet } from "./applet.js";
import { saneSettings } from "./stty-modes.js";

/** `reset`: puts a terminal in order. */
export const reset = applet(
  {
    help: `reset

Reset terminal (ESC codes) and termios (signals, buffering, echo)`,
  },
  async (process) => {
    const terminal = process.descriptors.get(1)?.terminal;
    if (!terminal || !process.descriptors.get(0)?.terminal) return 0;
    process.stdout("\x1bc\x1b(B\x1b[m\x1b[J\x1b[?25h");
    terminal.settings = saneSettings(terminal.settings);
    return 0;
  },
);
