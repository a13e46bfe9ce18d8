import { applet } from "./applet.js";

const help = `pwd

Print the full filename of the current working directory`;

/** `pwd`: where it is. */
export const pwd = applet({ help }, async (process) => {
  process.stdout(`${process.cwd}\n`);
  return 0;
});
