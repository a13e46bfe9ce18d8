import { applet } from "./applet.js";

const help = `yes [STRING]

Repeatedly print a line with STRING, or 'y'`;

/** `yes [STRING]`: prints a line again and again. */
export const yes = applet({ help }, async (process, { operands }) => {
  const text = `${operands.join(" ") || "y"}\n`;
  for (;;) {
    process.stdout(text.repeat(64));
    await process.caughtUp();
  }
});
