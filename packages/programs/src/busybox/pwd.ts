import { applet } from "./applet.js";

const help = `pwd

Print the full filename of the current working directory`;

/** `pwd`: prints the working directory. */
export const pwd = applet({ help }, async (process) => {
  process.stdout(`${process.cwd}\n`);
  return 0;
});
