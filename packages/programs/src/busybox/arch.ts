import { applet } from "./applet.js";

const help = `arch

Print system architecture`;

/** `arch`: prints the architecture of the machine. */
export const arch = applet({ help }, async (process) => {
  process.stdout(`${process.machine.architecture}\n`);
  return 0;
});
